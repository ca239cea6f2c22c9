"""A lecture's text, from the bytes of a file to what an engine reads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from app.errors import LanguageError, LectureTextError
from app.examiner.asked import TextQuestion, TextRead
from app.examiner.language import language_of
from app.lecture import Slide
from app.lecture.aloud import Saying, said_otherwise
from app.lecture.lexicon import Lexicon
from app.lecture.split import split_text
from app.steps.speak import texts_read
from app.text.plain.reading import plain_text, read_text


def examined(asked: TextQuestion) -> TextRead:
    """Read a text, tell its language, and cut it into slides and fragments.

    Raises:
        LectureTextError: The lexicon or the text cannot be used; its ``field`` tells which.
        ConfigError: The site's lexicon is missing or wrong.
        DiskFull: No space for the copy in UTF-8.
    """
    lexicon = _lexicon(asked)
    text = read_text(asked.text, asked.delimiter) if asked.is_all else plain_text(asked.text)
    asked.bounds.check_text(text, asked.delimiter)
    if not asked.is_all and not text.replace(asked.delimiter, "").strip():
        return TextRead(
            asked.language or "", slides=(Slide(()),) * len(text.split(asked.delimiter))
        )
    try:
        language = asked.language or language_of(text, asked.spoken)
    except LanguageError as error:
        return TextRead("", doubt=str(error))
    slides = split_text(
        text,
        delimiter=asked.delimiter,
        mode=asked.split,
        language=language,
        bounds=asked.bounds,
        group=asked.group,
    )
    texts = (fragment.plain for slide in slides for fragment in slide.fragments)
    needed = lexicon.needed_for(texts, language)
    return TextRead(
        language,
        slides=slides,
        lexicon=needed,
        read=texts_read(slides, needed, language),
        aloud=_aloud(slides, needed, language) if asked.is_aloud else (),
    )


def _aloud(
    slides: Sequence[Slide], lexicon: Lexicon, language: str
) -> tuple[tuple[Saying, ...], ...]:
    return tuple(
        said_otherwise(slide, fragment, lexicon, language)
        for slide in slides
        for fragment in slide.fragments
    )


def _lexicon(asked: TextQuestion) -> Lexicon:
    """The site's, and the lecture's own, which wins where they disagree."""
    site = asked.site_lexicon
    lexicon = Lexicon() if site is None else _loaded(site, asked.site_version)
    if asked.lexicon is None:
        return lexicon
    try:
        own = Lexicon.parse(asked.lexicon.read_bytes())
    except LectureTextError as error:
        error.field = "lexicon"
        raise
    return lexicon.merged(own)


@lru_cache(maxsize=4)
def _loaded(path: Path, version: str) -> Lexicon:
    """Read once per version of the file."""
    del version
    return Lexicon.load(path)
