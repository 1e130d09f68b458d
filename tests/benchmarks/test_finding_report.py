"""What the table of how soon something is found says is reached."""

import pytest

from tests.benchmarks.finding_report import LONGEST, Finding, finding_table


def row(found=(0.5,), gone=(0.0,)) -> list[str]:
    last = finding_table([Finding("sqlite", "pages", found, gone)]).splitlines()[-1]
    return [cell.strip() for cell in last.strip("|").split("|")]


@pytest.mark.parametrize(("worst", "verdict"), [(LONGEST, "reached"), (LONGEST + 0.01, "NOT reached")])
def test_all_must_be_found_in_time(worst, verdict):
    assert row(found=(0.4, 0.2, worst))[:6] == ["sqlite", "3 pages", "0.40", f"{worst:.2f}", "≤ 2 s", verdict]


@pytest.mark.parametrize(
    ("last", "said", "verdict"), [(0.0, "at once", "reached"), (0.004, "0.00 s at most", "NOT reached")]
)
def test_what_one_answer_still_holds_is_not_gone_at_once(last, said, verdict):
    assert row(gone=(0.0, last, 0.0))[6:] == [said, "at once", verdict]
