"""When a service that did not answer is asked again."""

import pytest

from search.breaker import FIRST, FORGOTTEN, LONGEST, Breaker


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(clock)


def test_everybody_asks_while_it_answers(breaker):
    assert [breaker.lets_through() for _ in range(3)] == [True] * 3
    assert breaker.went_well() is False


def test_after_a_failure_nobody_asks_and_then_one_tries(breaker, clock):
    breaker.went_wrong()
    assert not breaker.lets_through()
    clock.now += FIRST
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    assert breaker.went_well() is True
    assert [breaker.lets_through() for _ in range(2)] == [True, True]


def test_pauses_grow_up_to_the_longest(breaker, clock):
    pauses = []
    for _turn in range(8):
        began = clock.now
        breaker.went_wrong()
        while not breaker.lets_through():
            clock.now += 1
        pauses.append(clock.now - began)
    assert pauses == [2, 4, 8, 16, 32, LONGEST, LONGEST, LONGEST]


def test_failures_of_those_who_were_under_way_do_not_add_up_to_a_long_pause(breaker, clock):
    for _each in range(20):
        breaker.went_wrong()
    clock.now += FIRST
    assert breaker.lets_through()


def test_whoever_found_nothing_out_lets_the_next_one_try(breaker, clock):
    breaker.went_wrong()
    clock.now += FIRST
    assert breaker.lets_through()
    breaker.leave()
    assert breaker.lets_through()


def test_a_trial_that_never_ended_is_not_waited_for(breaker, clock):
    breaker.went_wrong()
    clock.now += FIRST
    assert breaker.lets_through()
    assert not breaker.lets_through()
    clock.now += FORGOTTEN
    assert breaker.lets_through()
