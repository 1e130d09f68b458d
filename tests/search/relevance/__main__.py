"""`python -m tests.search.relevance`: how well the engine in use answers the judged queries, over a loaded demo.

With `--each`, every query with what was found. Run it with the variables of the site (DATABASE_URL,
ELASTICSEARCH_URL, OPENSEARCH_URL) once for each engine.
"""

import argparse
import os


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.search.relevance", description=__doc__)
    parser.add_argument("--each", action="store_true", help="show what each query found")
    each = parser.parse_args().each
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    import django

    django.setup()
    from search.backends.front import engine
    from tests.search.relevance.judging import judged_queries, score, table

    scores = [score(judged) for judged in judged_queries()]
    if each:
        for one in scores:
            mark = " " if one.first_right else "!"
            print(f"{one.ndcg:.2f}{mark} {one.judged.language} {one.judged.text}: {', '.join(one.found)}")
    print(f"\n| {engine().name} | queries | nDCG@5 | first right |\n| --- | --- | --- | --- |")
    for language, number, ndcg, first in table(scores):
        print(f"| {language} | {number} | {ndcg:.3f} | {first:.2f} |")


if __name__ == "__main__":
    main()
