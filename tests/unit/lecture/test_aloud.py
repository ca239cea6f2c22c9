"""What of a text is said otherwise than it is written."""

from __future__ import annotations

import pytest

from app.lecture import Fragment, Slide
from app.lecture.aloud import said_otherwise
from app.lecture.lexicon import Entry, Lexicon


def told(text: str, language: str = "en", *entries: Entry) -> list[tuple[str, str]]:
    fragment = Fragment(1, text)
    sayings = said_otherwise(Slide((fragment,)), fragment, Lexicon(entries), language)
    return [(each.written, each.spoken) for each in sayings]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Nothing to say, O'Neil: “re-entry”!", []),
        ("en", "It was 12:30.", [("12:30", "twelve thirty")]),
        ("en", "It is 3.5 km long.", [("3.5 km", "three point five kilometers")]),
        ("en", "It came (via HTTP).", [("HTTP", "H T T P")]),
        ("ru", "Всё ещё 25%.", [("25%", "двадцать пять процентов")]),
        ("ru", "т.е. так", [("т.е.", "то есть")]),
        ("de", "Es waren 3 km.", [("3 km", "drei Kilometer")]),
        ("sv", "Det var 3 km.", []),
    ],
)
def test_figures_and_abbreviations_are_told(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text, language) == expected


def test_a_comma_parts_neighbours() -> None:
    assert told("3, 4 nodes") == [("3", "three"), ("4", "four")]


def test_the_lexicon_is_told_as_well() -> None:
    assert told("Use Nginx.", "en", Entry("en", "nginx", "engine ex")) == [("Nginx", "engine ex")]


def test_the_neighbours_in_the_next_fragment_count() -> None:
    slide = Slide((Fragment(1, "It stands on p."), Fragment(2, "17 and later.")))
    said = said_otherwise(slide, slide.fragments[0], Lexicon(), "en")
    assert [(each.written, each.spoken) for each in said] == [("p.", "page")]
