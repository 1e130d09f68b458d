import pytest

from cms.core.paging import Window, page_number


def told(turning: dict) -> str:
    """The links as a line: the current page in brackets, … where some are missing."""
    parts = []
    for link in turning["links"]:
        parts += ["…"] * link["gap"] + [f"[{link['number']}]" if link["active"] else str(link["number"])]
    return " ".join(parts)


@pytest.mark.parametrize(
    ("number", "total", "links", "previous", "following"),
    [
        (1, 0, "", "", ""),
        (1, 20, "", "", ""),
        (1, 21, "[1] 2", "", "?page=2"),
        (2, 21, "1 [2]", "?page=1", ""),
        (2, 60, "1 [2] 3", "?page=1", "?page=3"),
        (1, 80, "[1] 2 … 4", "", "?page=2"),
        (5, 200, "1 … 4 [5] 6 … 10", "?page=4", "?page=6"),
        (10, 200, "1 … 9 [10]", "?page=9", ""),
    ],
)
def test_a_list_names_its_first_and_last_page_and_those_around_the_current_one(
    number, total, links, previous, following
):
    turning = Window(number, 20).turning(total, "?page={}".format)
    assert (told(turning), turning["previous"], turning["next"]) == (links, previous, following)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("12", 12), ("0", 0), ("-1", 0), ("1e9", 0), ("٢", 0), ("", 0), ("x", 0), ("9" * 10, 0)],
)
def test_a_page_is_told_by_up_to_nine_plain_digits(text, number):
    assert page_number(text) == number
