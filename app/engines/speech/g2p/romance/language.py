"""Words of a Spanish, French or Italian text to Kokoro phonemes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.engines.speech.common.symbols import SYMBOL_IDS
from app.engines.speech.g2p.prosody import prosody
from app.engines.speech.g2p.romance import french, italian, spanish
from app.text.tokens import INNER_PAUSE, Verbalized


def phonemes(pieces: Sequence[Verbalized], language: str) -> Iterator[str]:
    """Kokoro phonemes of each piece, in order.

    Args:
        pieces: Of one text.
        language: ``"es"``, ``"fr"`` or ``"it"``.
    """
    pronounce = _PRONOUNCE[language]
    previous = ""
    followers = [*pieces, Verbalized("", ())][1:]
    for piece, follower in zip(pieces, followers, strict=True):
        opening, closing = prosody(piece.opening), prosody(piece.closing)
        pause_after = closing or prosody(follower.opening)
        upcoming = "" if pause_after or not follower.words else follower.words[0]
        spoken: list[str] = []
        for word, following in zip(piece.words, [*piece.words[1:], upcoming], strict=False):
            if word == INNER_PAUSE:
                spoken[-1] += INNER_PAUSE
                previous = ""
                continue
            after = "" if following == INNER_PAUSE else following
            before = "" if opening and not spoken else previous
            sounds = pronounce(word, before, after, piece)
            # Foreign letters come through g2p2 as they are.
            previous = "".join(symbol for symbol in sounds if symbol in SYMBOL_IDS)
            spoken.append(previous)
        yield opening + " ".join(filter(None, spoken)) + closing
        previous = "" if pause_after else previous


def _stands_alone(word: str, piece: Verbalized, following: str) -> bool:
    """Whether an Italian word that mostly leans on the next is a letter or a number here."""
    letters = "".join(filter(str.isalpha, piece.written))
    spelt = len(piece.words) > 1 and letters.isupper()
    return spelt or (word in ("uno", "una") and (not following or piece.written[:1].isdigit()))


def _spanish(word: str, previous: str, following: str, piece: Verbalized) -> str:
    del piece
    return spanish.pronounce(word, previous=previous, following=following[:1])


def _french(word: str, previous: str, following: str, piece: Verbalized) -> str:
    del piece
    return french.pronounce(word, following, previous)


def _italian(word: str, previous: str, following: str, piece: Verbalized) -> str:
    del previous
    return italian.pronounce(word, leans=not _stands_alone(word, piece, following))


_PRONOUNCE: dict[str, Callable[[str, str, str, Verbalized], str]] = {
    "es": _spanish,
    "fr": _french,
    "it": _italian,
}
