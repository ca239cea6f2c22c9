"""What the page knows of the service's warnings, to say them in other languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.errors import VoiceSampleError
from app.portrait.cautions import cautions
from app.portrait.looks import Looks
from app.portrait.pose import HeadPose
from app.voice import Passage, caution, recording
from app.web.studio.assets import FOLDER

_KNOWN = re.compile(r'^  \[/(?P<pattern>.+)/, "(?P<name>[\w.]+)"\],$', re.MULTILINE)

WELL = Looks(brightness=200.0, burnt=0.0, blur=0.5)
AHEAD = HeadPose(yaw=0.0, pitch=-10.0, roll=0.0)


def _known() -> dict[str, re.Pattern[str]]:
    """Patterns as JavaScript has them, by the names of their words."""
    written = (FOLDER / "parts" / "warnings.js").read_text(encoding="utf-8")
    return {
        each["name"]: re.compile(each["pattern"].replace("(?<", "(?P<"), re.ASCII)
        for each in _KNOWN.finditer(written)
    }


def _name_of(sentence: str) -> tuple[str, dict[str, str]]:
    """The one that the page says instead, and what it fills in."""
    found = {name: match for name, each in _known().items() if (match := each.search(sentence))}
    assert len(found) == 1, (sentence, list(found))
    ((name, match),) = found.items()
    return name, match.groupdict()


def _passage(speech: float, clearance: float) -> Passage:
    return Passage(0, 0, ((0.0, speech),), speech=speech, level=-20.0, clearance=clearance)


def _words(name: str) -> set[str]:
    """What the words of a warning want to be told."""
    english = (FOLDER / "words" / "en.js").read_text(encoding="utf-8")
    (said,) = re.findall(rf'^  "{re.escape(name)}": "(.+)",$', english, re.MULTILINE)
    return set(re.findall(r"\{(\w+)\}", said))


def test_every_warning_about_a_face_is_known() -> None:
    told = [
        *cautions(120.0, HeadPose(yaw=-30.0, pitch=0.0, roll=31.0), Looks(50.0, 0.5, 0.9)),
        *cautions(300.0, HeadPose(yaw=30.0, pitch=0.0, roll=0.0), WELL),
    ]
    assert [_name_of(each)[0] for each in told] == [
        "warning.small",
        "warning.left",
        "warning.tilted",
        "warning.dark",
        "warning.bright",
        "warning.soft",
        "warning.right",
    ]
    assert _name_of(told[0])[1] == {"pixels": "120", "good": "200"}
    assert list(cautions(300.0, AHEAD, WELL)) == []


def test_every_warning_about_a_voice_is_known() -> None:
    assert _name_of(caution(_passage(10.0, 8.0)))[0] == "warning.noise"
    assert _name_of(caution(_passage(10.0, -2.0)))[0] == "warning.drowned"
    assert _name_of(caution(_passage(2.3, 40.0))) == ("warning.short", {"seconds": "2.3"})


@pytest.mark.parametrize(
    ("heard", "name"), [(None, "warning.nobody"), (_passage(10.0, 2.0), "warning.missed")]
)
def test_every_warning_about_a_recording_is_known(
    monkeypatch: pytest.MonkeyPatch, heard: Passage | None, name: str
) -> None:
    def find(path: Path, *, ffmpeg: Path | None) -> Passage:
        if heard is None:
            raise VoiceSampleError("nothing is heard")
        return heard

    monkeypatch.setattr(recording, "find_passage", find)
    assert _name_of(recording._caution(Path("lecture.wav"), None))[0] == name


def test_what_the_words_of_a_warning_fill_in_is_found_in_the_sentence() -> None:
    for name, pattern in _known().items():
        assert _words(name) <= set(pattern.groupindex), name
