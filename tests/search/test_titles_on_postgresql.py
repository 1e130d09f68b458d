"""How PostgreSQL finds a common word in few titles: by its index alone."""

import json

import pytest
from django.db import connection

from search.backends import front
from search.backends.candidates import visible
from search.engines import Asked
from search.expressions import Leaf
from tests.search.entries import make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.service("postgresql")]


def steps(plan: dict) -> list[dict]:
    return [plan, *(step for part in plan.get("Plans", ()) for step in steps(part))]


def test_no_text_is_looked_through_for_a_word_of_titles():
    """A vector that has to be read costs some microseconds; of a common word there are hundreds of thousands."""
    entries = [make_entry(body="Savings, and more") for _number in range(50)]
    entries += [make_entry("Savings")]
    engine = front.database()
    engine.add_bulk(type(entries[0]), entries)
    where = visible(Asked(open_languages=frozenset({"en"})))
    part = engine.newest(Leaf("stem", "en.save"), 1.0, "0", where, 10, titles=True)
    with connection.cursor() as cursor:
        # Of so few rows another plan may be cheaper.
        cursor.execute("ANALYZE search_entry")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_indexonlyscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {part.sql}", part.params)
        (answer,) = cursor.fetchone()
        cursor.execute(part.sql, part.params)
        found = [row[0] for row in cursor.fetchall()]
    plan = steps((answer if isinstance(answer, list) else json.loads(answer))[0]["Plan"])
    assert found == [entries[-1].pk]
    assert any(step["Node Type"] == "Bitmap Index Scan" for step in plan)
    assert not any(step.get("Rows Removed by Index Recheck") for step in plan)
