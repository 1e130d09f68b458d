"""Writing entries. What is withdrawn goes in the transaction that withdraws it, what is published comes by a job."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from modelsearch.backends import get_search_backend

from cms.core.page_cache.stamp import bump_stamp
from search.analysis import tidy, tokens
from search.engines import FORUM, GLOSSARY
from search.models import Entry, TitleWord
from search.models.entry import LONGEST_BODY, packed
from search.models.vocabulary import LONGEST_WRITTEN
from search.queries.finding import languages_in_use
from search.registry import Made, Source
from search.services.telling import wake_worker
from search.spelling import SHORTEST
from search.tasks import read_attached

CHUNK = 200  # entries written at a time: their words are in memory
WRITTEN = [field.name for field in Entry._meta.concrete_fields if field.name not in ("id", "ref")]


def entry_of(source: Source, made: Made) -> Entry:
    title = tidy(made.title)
    return Entry(
        ref=f"{source.name}:{made.pk}",
        object=made.pk,
        section=made.section,
        kind=made.kind,
        language=made.language,
        work=made.work,
        access=made.access,
        moment=made.moment,
        archived=made.archived,
        until=made.until,
        marks=packed(made.facets),
        code=made.code,
        title=title[:255],
        names=tidy_lines(made.names),
        summary=tidy_lines(made.summary),
        body=tidy_lines(made.body)[:LONGEST_BODY],
        files=tidy_lines(made.files)[:LONGEST_BODY],
    )


def tidy_lines(text: str) -> str:
    """Paragraphs stay paragraphs."""
    return "\n".join(filter(None, (tidy(line) for line in text.splitlines())))


@transaction.atomic
def renew(source: Source, pks: Iterable[int]) -> int:
    """Make the entries of some objects anew, as those are now; how many there are then."""
    wanted = sorted(set(pks))
    source.lock(wanted)
    known = list(source.made(wanted))
    entries = [entry_of(source, made) for made in known]
    gone = {f"{source.name}:{pk}" for pk in wanted} - {entry.ref for entry in entries}
    if gone:
        withdraw(gone)
    if {entry.language for entry in entries} - languages_in_use():
        # The first text in a language: queries are analysed in it from now on.
        transaction.on_commit(bump_stamp)
    written = Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["ref"], update_fields=WRITTEN, batch_size=CHUNK
    )
    get_search_backend("default").add_bulk(Entry, written)
    learn(written)
    wake_worker()
    for pk in dict.fromkeys(file for made in known for file in made.unread):
        transaction.on_commit(partial(read_attached.enqueue, pk), robust=True)
    return len(written)


def learn(entries: Iterable[Entry]) -> None:
    """The words of titles that are suggested to everybody, and of the other names of terms: of the forum's, none."""
    words = {
        (token.folded, entry.language): TitleWord(
            folded=token.folded, language=entry.language, written=written
        )
        for entry in entries
        if entry.section != FORUM
        for text in (entry.title, entry.names if entry.section == GLOSSARY else "")
        for token in tokens(text)
        if not token.is_code and len(token.folded) >= SHORTEST and token.folded.isalpha()
        # With marks that folding takes away a word may be longer than anybody writes it.
        if len(written := text[token.start : token.end].lower()) <= LONGEST_WRITTEN
    }
    if words:
        TitleWord.objects.bulk_create(words.values(), ignore_conflicts=True)


def withdraw(refs: Iterable[str]) -> None:
    """Nobody finds these any more, once the transaction in hand is committed."""
    Entry.objects.filter(ref__in=list(refs)).delete()
    wake_worker()
