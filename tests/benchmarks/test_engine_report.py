"""What the tables of the search engines say is reached."""

import pytest

from tests.benchmarks.engine_report import FLAT, Asking, Building, asked_table, built_table, together


def asking(engine, size, *took):
    return Asking(engine, "documents", size, took, cpu=1, server_cpu=0, found=10)


@pytest.mark.parametrize(("larger", "verdict"), [(20, "| reached |"), (20.5, "| NOT reached |")])
def test_a_server_may_take_twice_as_long_among_many(larger, verdict):
    table = asked_table([asking("opensearch", 1000, 10, 10, 10), asking("opensearch", 100_000, larger)])
    assert verdict in table.splitlines()[-1]


def test_each_engine_is_compared_with_itself():
    rows = [
        asking("opensearch", 1000, 100),
        asking("elasticsearch", 1000, 1),
        asking("elasticsearch", 9000, 3),
    ]
    assert asked_table(rows).splitlines()[-1].count("NOT reached") == 1


def test_a_database_is_held_to_no_growth():
    assert "reached" not in asked_table([asking("sqlite", 1000, 1), asking("sqlite", 100_000, 50)])


def test_percentiles_are_of_the_questions():
    row = asking("sqlite", 1000, *range(1, 201))
    assert (row.p50, row.p99) == (100.5, 199)


@pytest.mark.parametrize(("peak", "verdict"), [(FLAT, "| reached |"), (FLAT + 1, "| NOT reached |")])
def test_building_may_take_so_much_memory(peak, verdict):
    last = built_table([Building("sqlite", 4000, 2.0, peak)]).splitlines()[-1]
    assert verdict in last
    assert "| 2,000 |" in last


def test_rounds_are_one_row():
    row = together([asking("opensearch", 1000, 1.0, 2.0), asking("opensearch", 1000, 9.0)])
    assert (row.size, row.p50, row.p99) == (1000, 2.0, 9.0)
