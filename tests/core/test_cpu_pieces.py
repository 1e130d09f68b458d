"""The measure of cost that tests use: it tells much from little, and nothing else may change it."""

from tests.cpu import pieces, standard_piece


def test_what_is_done_ten_times_costs_about_ten_times():
    once, _ = pieces(standard_piece)
    often, _ = pieces(lambda: [standard_piece() for _ in range(10)])
    assert 0.2 < once < 5
    assert 2 < often / once < 50


def test_the_result_comes_along():
    assert pieces(lambda: "done")[1] == "done"
