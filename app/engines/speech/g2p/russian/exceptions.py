"""Words that the rules and the lexicon would get wrong."""

from __future__ import annotations

import re

from app.text.tables import words

_STRESSED = """
эне+ргия эне+ргии эне+ргию эне+ргией что+бы краси+вее краси+вей
"""

STRESSED = {marked.replace("+", ""): marked for marked in _STRESSED.split()}
"""Stressed vowel followed by ``+``; by the word without it."""

CLITICS = frozenset(
    words(
        """
        и а в во на по от о об обо как не ни за из изо к ко с со у до но же бы б ж ли под подо
        над надо при их то да без безо про что ты
        """
    )
)
"""Words spoken without a stress of their own."""

UNREDUCED = frozenset(words("но то что"))
"""Clitics that keep their vowel: "но" is not said like "на"."""

PARTICLES = frozenset(words("то либо нибудь ка таки по во"))
"""Parts of hyphenated words that bear no stress."""

SH_FOR_CH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), "шн")
    for pattern in (
        r"(?<=^коне)чн(?=о$)",
        r"(?<=ску)чн",
        r"(?<=наро)чн(?=о)",
        r"(?<=яи)чн(?=иц)",
        r"(?<=праче)чн",
        r"(?<=пустя)чн(?=ы)",
        r"(?<=дву)чн",
        r"(?<=очечник)чн",
        r"(?<=льини)чн(?=а)",
        r"(?<=^ники)чн(?=а)",
    )
)
"""Stems in which чн is said as шн."""

_HARD_E_STEMS = """
(?<![а-я])тЕст(?!о$|ь) (?<![а-я])тЕг (?<![а-я])вЕб (?<![а-я])бЕта (?<![а-я])тЕта (?<![а-я])дЕльт
(?<![а-я])отЕл(?!и) (?<![а-я])тирЕ$ (?<![а-я])купЕ$ (?<![а-я])кафЕ$ (?<![а-я])турнЕ$ (?<![а-я])хЕш
(?<![а-я])кЕш интЕр(?!ес) тЕмп(?!ер) модЕл антЕнн компьютЕр тЕндЕнц тЕзис синтЕ протЕз сЕрвЕр
сЕрвис кодЕк мЕнЕдж джЕр$ бизнЕс шоссЕ тоннЕл туннЕл дЕтЕктив индЕкс модЕм тЕндЕр стЕнд партЕр
фонЕм фонЕт резюмЕ$ тЕннис принтЕр роутЕр адЕкватн эстЕт атЕист потЕнци тЕнзор экзЕм декодЕр
энкодЕр коммюникЕ альтЕрнат критЕри интЕнс апартЕ инЕрт дЕ-факто проЕкт реЕстр диЕт пациЕнт
клиЕнт ориЕнт градиЕнт коэффициЕнт гигиЕн абитуриЕнт ингредиЕнт аудиЕн
"""
HARD_E: tuple[tuple[re.Pattern[str], tuple[int, ...]], ...] = tuple(
    (
        re.compile(stem.lower()),
        tuple(i for i, letter in enumerate(re.sub(r"^\(.*?\)", "", stem)) if letter == "Е"),
    )
    for stem in _HARD_E_STEMS.split()
)
"""Stems, and which of their letters е leave the consonant before them hard (or have no glide)."""

SAID_GO = re.compile(
    r"(?:не|на|нена|по|с|пре)?(?:много|строго|дорого|убого|полого|отлого|лого|итого|ого)"
)
"""Words whose ending -го is said as it is written, unlike that of the genitive."""
