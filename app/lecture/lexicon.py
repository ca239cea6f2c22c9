"""Pronunciation lexicon: words respelt before any engine reads them, and given back afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.errors import ConfigError, LectureTextError
from app.lecture.lexicon_file import LARGEST_FILE, Entry, key_of, parsed
from app.lecture.matching import Phrases

__all__ = ["LARGEST_FILE", "Entry", "Lexicon", "Respelled"]

_CHUNK = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Respelled:
    """A text as the engine is to read it, and the lecture's own words in it."""

    text: str
    """White space is that of the original, so paragraphs stay where they were."""
    groups: tuple[tuple[str, str], ...]
    """Stretches of original and of spoken text, without outer white space, in order."""

    @property
    def is_unchanged(self) -> bool:
        """Whether every word is spoken as it stands."""
        return all(original == said for original, said in self.groups)

    def restored(
        self, spoken: Sequence[tuple[str, float, float]]
    ) -> list[tuple[str, float, float]]:
        """The original words with the times at which they are heard.

        A phrase takes the time of all that is spoken for it, shared out by letters.

        >>> Respelled("my ess cue ell", (("my", "my"), ("SQL", "ess cue ell"))).restored(
        ...     [("my", 0.0, 0.2), ("ess", 0.2, 0.4), ("cue", 0.4, 0.6), ("ell", 0.6, 0.9)]
        ... )
        [('my', 0.0, 0.2), ('SQL', 0.2, 0.9)]

        Args:
            spoken: Word, start and end in seconds, for each whitespace-delimited word of
                :attr:`text`, in order.

        Raises:
            ValueError: There are more or fewer of them than words in the text.
        """
        if len(spoken) != len(self.text.split()):
            raise ValueError(f"{len(spoken)} times for {len(self.text.split())} spoken words")
        result: list[tuple[str, float, float]] = []
        place = 0
        for original, said in self.groups:
            times = spoken[place : place + len(said.split())]
            place += len(times)
            result += _shared(original.split(), times)
        return result

    def saying(self, said: Mapping[int, str]) -> Respelled:
        """The text with some of its words said otherwise; those of the lexicon stay.

        >>> Respelled("see p. 7", (("see", "see"), ("p.", "p."), ("7", "7"))).saying({1: "page"})
        Respelled(text='see page 7', groups=(('see', 'see'), ('p.', 'page'), ('7', '7')))

        Args:
            said: Words by the number of the original word, from 0.
        """
        if not said:
            return self
        groups: list[tuple[str, str]] = []
        changed: dict[int, str] = {}
        originals = spoken = 0
        for original, now in self.groups:
            replacement = said.get(originals, now) if original == now else now
            if len(original.split()) == 1 and replacement != now:
                changed[spoken] = replacement
                groups.append((original, replacement))
            else:
                groups.append((original, now))
            originals += len(original.split())
            spoken += len(now.split())
        words = iter(range(spoken))
        text = re.sub(r"\S+", lambda found: changed.get(next(words), found.group()), self.text)
        return Respelled(text, tuple(groups))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Respellings of words and phrases; the empty one changes nothing."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read the site's own file; see :meth:`parse`.

        Raises:
            ConfigError: It is missing or wrong; the message names file, line and key.
        """
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
            return cls.parse(content)
        except OSError as error:
            raise ConfigError(f"no readable lexicon at {path}: {error.strerror}") from error
        except LectureTextError as error:
            raise ConfigError(f"lexicon {path}: {error}") from error

    @classmethod
    def parse(cls, content: bytes) -> Lexicon:
        """Respellings by language, ``en: {nginx: engine ex}``, in YAML.

        Args:
            content: In UTF-8, at most :data:`LARGEST_FILE` bytes.

        Raises:
            LectureTextError: It is no YAML, or an entry is wrong; the message names line
                and key.
        """
        return cls(tuple(parsed(content)))

    def merged(self, other: Lexicon) -> Lexicon:
        """Both; where they disagree, the other one is right."""
        by_key = {(entry.language, key_of(entry.written)): entry for entry in self.entries}
        by_key |= {(entry.language, key_of(entry.written)): entry for entry in other.entries}
        return Lexicon(tuple(by_key.values()))

    def spoken(self, text: str, language: str) -> Respelled:
        """The text with every whole word or phrase of the lexicon respelt.

        The longest phrase wins; a respelling is not respelt again.

        >>> Lexicon((Entry("en", "nginx", "engine ex"),)).spoken("Use Nginx, now.", "en").text
        'Use engine ex, now.'
        """
        respelled, groups = [], []
        original = said = ""
        for piece, replacement in _pieces(text, self._matching(language)):
            respelled.append(replacement)
            if not piece.isspace() or original == said == "":
                original, said = original + piece.strip(), said + replacement.strip()
                continue
            groups.append((original, said))
            original = said = ""
        if original:
            groups.append((original, said))
        return Respelled("".join(respelled), tuple(groups))

    def needed_for(self, texts: Iterable[str], language: str) -> Lexicon:
        """Only what occurs in these texts: what a lecture has to carry along."""
        entries = self._matching(language)
        phrases, _ = _compiled(entries)
        met = {key for text in texts for _, _, key in phrases.found(text)}
        return Lexicon(tuple(entry for entry in entries if key_of(entry.written) in met))

    def _matching(self, language: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.language == language)


def _pieces(text: str, entries: tuple[Entry, ...]) -> Iterator[tuple[str, str]]:
    """White space, words and phrases of a text, each with what is said for it."""
    phrases, meanings = _compiled(entries)
    done = 0
    for start, end, key in phrases.found(text):
        yield from _unchanged(text[done:start])
        yield text[start:end], meanings[key]
        done = end
    yield from _unchanged(text[done:])


def _unchanged(text: str) -> Iterator[tuple[str, str]]:
    for match in _CHUNK.finditer(text):
        yield match.group(), match.group()


@lru_cache(maxsize=16)
def _compiled(entries: tuple[Entry, ...]) -> tuple[Phrases, Mapping[str, str]]:
    meanings = {key_of(entry.written): entry.spoken for entry in entries}
    return Phrases(meanings), meanings


def _shared(
    words: Sequence[str], times: Sequence[tuple[str, float, float]]
) -> Iterator[tuple[str, float, float]]:
    """Words with shares of the time from the first to the last of the spoken ones."""
    if len(words) == len(times):
        for word, (_, start, end) in zip(words, times, strict=True):
            yield word, start, end
        return
    start, last = times[0][1], times[-1][2]
    letters = sum(map(len, words))
    for index, word in enumerate(words, start=1):
        share = sum(len(earlier) for earlier in words[:index]) / letters
        end = last if index == len(words) else times[0][1] + share * (last - times[0][1])
        yield word, start, end
        start = end
