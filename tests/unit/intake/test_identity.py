"""Requests are told apart by a hash that jobs are stored with, so it never changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.intake.draft import Content, Draft, Wishes
from app.intake.identity import request_hash
from app.intake.staging import Staging
from app.lecture import FaceChoice

DRAFT = Draft(
    id=7,
    wishes=Wishes(),
    face_engine="meshwarp",
    output=Path("/out"),
    copies=Staging(Path("/data/inputs/copies")),
    face=Content(Path("a"), "f" * 64),
    voice=Content(Path("b"), "e" * 64),
    text=Content(Path("c"), "d" * 64),
)
EVERYTHING = Wishes("ru", "rhvoice", "sadtalker", FaceChoice("full", True, 512), "sentences")


@pytest.mark.parametrize(
    ("draft", "lexicon", "known"),
    [
        (DRAFT, "", "f5729318bc739b8bf90a5466c0d3805e3362c53e4f2811613d14f1d071f826f2"),
        (
            replace(DRAFT, wishes=EVERYTHING),
            "123-45 " + "c" * 64,
            "c94c9c120500060db9f883c9999162c737f30cdad2e75a21ffb253bd5b1a913c",
        ),
        (
            replace(
                DRAFT,
                wishes=Wishes(language="auto", face=FaceChoice(still=False)),
                output=Path("/привет/out"),
            ),
            "",
            "1d53bb4b956c086d7f6793eaecba3bc55e32a58448b228496809db481555c272",
        ),
    ],
)
def test_a_request_of_a_stored_job_is_known_again(draft: Draft, lexicon: str, known: str) -> None:
    assert request_hash(draft, lexicon) == known


def test_what_decides_nothing_of_the_result_is_not_part_of_it() -> None:
    other = replace(
        DRAFT,
        id=8,
        restart=True,
        face_engine="another one chosen here",
        face=Content(Path("elsewhere"), "f" * 64),
    )
    assert request_hash(other, "") == request_hash(DRAFT, "")


@pytest.mark.parametrize(
    "change",
    [
        {"wishes": Wishes(language="en")},
        {"wishes": Wishes(speech_engine="kokoro")},
        {"wishes": Wishes(face_engine="meshwarp")},
        {"wishes": Wishes(face=FaceChoice(size=256))},
        {"wishes": Wishes(split="compat")},
        {"output": Path("/other")},
        {"face": Content(Path("a"), "0" * 64)},
        {"voice": Content(Path("b"), "0" * 64)},
        {"text": Content(Path("c"), "0" * 64)},
    ],
)
def test_whatever_decides_the_result_is_part_of_it(change: dict[str, object]) -> None:
    other = replace(DRAFT, **change)  # type: ignore[arg-type]  # by name
    assert request_hash(other, "") != request_hash(DRAFT, "")
    assert request_hash(DRAFT, "a lexicon") != request_hash(DRAFT, "")
