"""Captions of slides: no cue is of two, and nothing that belongs together is cut."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from app.media.caption_pieces import LINE_WIDTH
from app.media.captions import LONGEST, Cue, captions
from app.media.togetherness import stay_together
from app.ports.media import SpokenSlide
from app.ports.speech import Word

TOGETHER = (
    *("12,5 %", "5 km", "№ 7", "§ 3", "10 000", "Fig. 3", "стр. 17", "$ 5", "Louis XIV", "20 °C"),
    *("А. Пушкин", "J. S.", "S. Bach", "Dr. Smith", "проф. Иванов", "5 км/ч", "1990 г.", "XIX в."),
    *("000 ₽", "рис. 2", "глава 5", "Chapter IV", "Carlos V,", "Пётр I", "7 GB."),
    *("5 m²", "p. 12,", "Eq. (5)", "nº 5", "т. е.", "≈ 5", "Пушкин А.", "(5 %)", "-3 °C"),
)
APART = (
    *("in 5", "5 people", "the end", "London was", "it. Then", "year 2020,", "5, km", "2020 100"),
    *("1990 в", "Yes. No", "I. Then", "XIV was", "over §"),
)


@pytest.mark.parametrize("words", TOGETHER)
def test_what_belongs_together_stays_together(words: str) -> None:
    assert stay_together(*words.split())


@pytest.mark.parametrize("words", APART)
def test_other_words_may_be_apart(words: str) -> None:
    assert not stay_together(*words.split(), first=True)


PLAIN = (
    *("the", "network", "carries", "every", "packet", "from", "machine", "to", "another", "so"),
    *("мы", "рассмотрим", "как", "устроены", "сети", "и", "почему", "это", "важно", "сегодня"),
)
BOUND = ("12,5 %", "5 km", "№ 7", "§ 3", "10 000 ₽", "Fig. 3", "стр. 17", "$ 5", "Louis XIV")
NAMES = ("А. С. Пушкин", "J. S. Bach", "проф. Иванов", "1 000 000 EUR")


def lecture(seed: int) -> list[SpokenSlide]:
    """Some slides of words, at a pace and with pauses of chance."""
    chance = random.Random(seed)
    slides, now = [], 0.0
    for _ in range(chance.randint(1, 6)):
        start = now
        now += chance.choice((0.0, 0.02, 0.3))
        words = []
        for _ in range(chance.choice((1, 2, 5, 20, 60))):
            said = chance.choice(PLAIN) if chance.random() < 0.7 else chance.choice(BOUND + NAMES)
            for text in (said + chance.choice(("", "", "", "", ",", "."))).split():
                length = len(text) / chance.uniform(8, 25)
                words.append(Word(text, now, now + length * chance.choice((1, 1, 1, 1.2))))
                now += length + chance.choice((0, 0, 0, 0, 0.2, 1.2))
        slides.append(SpokenSlide(words, start, now))
    return slides


def text_of(cues: tuple[Cue, ...]) -> list[str]:
    return " ".join(line for cue in cues for line in cue.lines).split()


@pytest.mark.parametrize("first", range(0, 150, 10))
def test_captions_of_any_lecture_keep_their_rules(first: int) -> None:
    for seed in range(first, first + 10):
        slides = lecture(seed)
        cues = captions(slides)
        assert text_of(cues) == [word.text for slide in slides for word in slide.words]
        for cue in cues:
            assert any(slide.start <= cue.start < cue.end <= slide.end for slide in slides)
            assert cue.end - cue.start <= LONGEST + 1e-9
            assert all(len(line) <= LINE_WIDTH for line in cue.lines)
        for slide in slides:
            inside = tuple(cue for cue in cues if slide.start <= cue.start < slide.end)
            assert text_of(inside) == [word.text for word in slide.words]
            lines = [line for cue in inside for line in cue.lines]
            for line, following in pairwise(lines):
                assert not stay_together(line.split()[-1], following.split()[0], first=True)
        for cue, next_cue in pairwise(cues):
            assert cue.end <= next_cue.start


def test_each_slide_has_its_own_captions() -> None:
    texts = (
        "First slide ends here, I think.",
        "Yes. No. Second starts now.",
        "Short one",
        "Another",
    )
    slides, now = [], 0.0
    for text in texts:
        words = [
            Word(word, now + 0.2 * n, now + 0.2 * n + 0.2) for n, word in enumerate(text.split())
        ]
        slides.append(SpokenSlide(words, now, words[-1].end + 0.1))
        now = slides[-1].end
    cues = captions(slides)
    assert [" ".join(cue.lines) for cue in cues] == list(texts)
    assert all(cue.end <= slide.end for cue, slide in zip(cues, slides, strict=True))


def test_words_that_an_engine_has_heard_after_the_end_stay_in_their_slide() -> None:
    late = [Word("late", 5.0, 9.0), Word("words", 6.0, 9.0)]
    cues = captions([SpokenSlide(late, 0.0, 2.0), SpokenSlide([Word("Next", 2.1, 3.0)], 2.0, 4.0)])
    assert text_of(cues) == ["late", "words", "Next"]
    assert cues[-2].end <= 2.0 <= cues[-1].start
    assert all(cue.end <= following.start for cue, following in pairwise(cues))
