from __future__ import annotations

from itertools import islice

import pytest

from app.text.sentences.splitting import sentences
from benchmarks.quality.texts.drill import SENTENCES, drill, languages


@pytest.mark.parametrize("language", languages())
def test_the_drill_is_always_the_same_and_hardly_repeats_itself(language: str) -> None:
    some = list(drill(language, 500))

    assert some[:40] == list(drill(language, 40))
    assert len(set(some)) > 490
    assert not any("{" in paragraph for paragraph in some)


def test_english_and_russian_are_drilled() -> None:
    assert set(languages()) == {"en", "ru"}


def test_paragraphs_have_as_many_sentences_as_wanted() -> None:
    counts = [len(sentences(text, "en")) for text in islice(drill("en", 60), 60)]

    assert min(counts) >= SENTENCES[0]
    assert len(set(counts)) > 2
