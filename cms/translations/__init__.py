"""Translations: what is lacking in which language, who works on it, its words, and the decision on them.

To carry this on, read in this order: `segments.py` and `rules.py` (pure: what a segment is, how a translation stands);
`models/`; `extraction.py` and `rendering.py` (an original cut into segments, and put together again in other words);
then one translation on its way through `services/`: `works.py` (an original is published), `claiming.py`,
`drafting.py`, `submitting.py`, `publication.py` and `adopting.py` (it is public, by whatever road). `counting.py` keeps
the rows of the queue true, `consistency.py` proves it. Screens are in `views/`, what they read in `queries/`. Decision
0018 says why.
"""
