"""Answers that are given again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from app.errors import KeyReused
from app.jobs.store.database import Database
from app.requests.repeats import KEPT_SECONDS, Answer, Repeats, Turn
from app.requests.tables import repeat

DONE = Answer(202, {"Location": "/v1/lectures/lec_1"}, '{"id": "lec_1"}\n')


@pytest.fixture
def repeats(database: Database) -> Repeats:
    return Repeats(database)


def begun(repeats: Repeats, fingerprint: str = "a", key: str = "key") -> Turn:
    turn = repeats.begin("acme", key, fingerprint)
    assert isinstance(turn, Turn)
    return turn


def test_the_first_one_does_it_and_others_get_its_answer(repeats: Repeats) -> None:
    turn = begun(repeats)
    assert repeats.begin("acme", "key", "a") is None
    repeats.end(turn, DONE)
    assert repeats.begin("acme", "key", "a") == DONE


def test_a_key_belongs_to_one_request(repeats: Repeats) -> None:
    turn = begun(repeats)
    with pytest.raises(KeyReused):
        repeats.begin("acme", "key", "b")
    repeats.end(turn, DONE)
    with pytest.raises(KeyReused):
        repeats.begin("acme", "key", "b")


def test_tenants_have_keys_of_their_own(repeats: Repeats) -> None:
    begun(repeats)
    assert isinstance(repeats.begin("other", "key", "b"), Turn)


def test_what_came_to_nothing_may_be_tried_again(repeats: Repeats) -> None:
    repeats.give_up(begun(repeats))
    begun(repeats, "b")


def test_who_takes_over_from_the_dead_makes_the_same(repeats: Repeats, database: Database) -> None:
    dead = begun(repeats)
    with database.write() as connection:
        connection.execute(update(repeat).values(lease_until=0.0))
    heir = begun(repeats)
    assert heir.number == dead.number
    assert heir.token != dead.token
    repeats.end(dead, DONE)  # it was only slow: its answer comes too late
    assert repeats.begin("acme", "key", "a") is None


def test_after_a_day_a_key_is_new(repeats: Repeats, database: Database) -> None:
    old = begun(repeats)
    repeats.end(old, DONE)
    with database.write() as connection:
        connection.execute(update(repeat).values(created=repeat.c.created - KEPT_SECONDS - 1))
    new = begun(repeats, "b")
    assert new.number != old.number


def test_old_answers_are_forgotten(repeats: Repeats, database: Database) -> None:
    repeats.end(begun(repeats), DONE)
    with database.write() as connection:
        connection.execute(update(repeat).values(created=repeat.c.created - KEPT_SECONDS - 1))
    begun(repeats, key="new")
    repeats.forget_old()
    with database.read() as connection:
        assert list(connection.execute(select(repeat.c.key)).scalars()) == ["new"]


def test_of_many_at_once_one_does_it(repeats: Repeats) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: repeats.begin("acme", "key", "a"), range(64)))
    assert sum(isinstance(each, Turn) for each in found) == 1
