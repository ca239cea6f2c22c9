"""What is remembered of files that were examined."""

from __future__ import annotations

import threading

import pytest

from app.errors import Busy
from app.examiner.verdicts import Answer, Verdict, Verdicts
from tests.process.family import wait_until


def test_an_answer_is_remembered_and_those_unused_for_longest_are_not() -> None:
    verdicts, asked = Verdicts(2, most_waiting=9), list[str]()

    def answer(name: str) -> Answer:
        def ask() -> Verdict:
            asked.append(name)
            return Verdict({"of": name})

        return verdicts.answer(name, ask)

    for name in ("a", "b", "a", "c", "a", "b"):
        assert answer(name) == {"of": name}
    assert asked == ["a", "b", "c", "b"]


def test_an_answer_for_a_while_is_forgotten() -> None:
    verdicts = Verdicts(2, most_waiting=9)
    verdicts.keep("a", Verdict({}, 60.0))
    verdicts.keep("b", Verdict({}, -1.0))
    assert verdicts.known("a") == {}
    assert verdicts.known("b") is None


def test_what_several_ask_at_a_time_is_asked_once_as_long_as_they_are_few() -> None:
    verdicts, asked, go_on = Verdicts(2, most_waiting=2), list[int](), threading.Event()
    answers: list[Answer] = []

    def ask() -> Verdict:
        asked.append(1)
        go_on.wait(20)
        return Verdict({"said": "once"})

    threads = [
        threading.Thread(target=lambda: answers.append(verdicts.answer("a", ask))) for _ in "123"
    ]
    for thread in threads:
        thread.start()
    wait_until(lambda: verdicts._waiting == 2)
    with pytest.raises(Busy):
        verdicts.answer("a", ask)
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert answers == [{"said": "once"}] * 3
    assert asked == [1]


def test_a_question_that_could_not_be_asked_is_asked_again() -> None:
    verdicts = Verdicts(2, most_waiting=9)

    def ask() -> Verdict:
        raise Busy("too many")

    with pytest.raises(Busy):
        verdicts.answer("a", ask)
    assert verdicts.answer("a", lambda: Verdict({"of": "a"})) == {"of": "a"}
