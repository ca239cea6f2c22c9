"""What ``espeak`` says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engines.card import Card
from app.engines.speech.espeak.options import EspeakOptions
from app.engines.speech.espeak.preflight import lacks

if TYPE_CHECKING:
    from app.engines.speech.espeak.engine import Espeak


def create(options: EspeakOptions) -> Espeak:
    """Import the engine and make it."""
    from app.engines.speech.espeak.engine import Espeak

    return Espeak(options)


_CODES = (
    "af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gu he hi hr hu hy id is "
    "it ka kk kn ko ku ky la lt lv mi mk ml mr ms mt nb ne nl or pa pl pt ro ru si sk sl sq sr sv "
    "sw ta te tr tt uk ur uz vi zh"
)
"""Japanese is left out, of which espeak-ng reads no kanji."""


CARD = Card(
    name="espeak",
    version="2",
    summary="espeak-ng of Debian: 72 languages, robotic",
    options=EspeakOptions,
    create=create,
    languages=frozenset(_CODES.split()),
    occupies="core",
    check=lacks,
)
