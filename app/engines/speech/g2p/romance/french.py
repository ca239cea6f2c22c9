"""Pronunciation of French: words from g2p2, liaison, elision and stress by rule."""

from __future__ import annotations

import re
from functools import lru_cache

from app.engines.speech.g2p.romance.lexicon import lexicon
from app.text.tables import words

UNSTRESSED = frozenset(
    words(
        """
        le la les un une des du de au aux à et ou où que qui ne se me te ce ces cet cette mon
        ton son ma ta sa mes tes ses nos vos notre votre leur leurs je tu il elle on nous vous
        ils elles en y dans par pour sur sous sans avec chez mais donc or ni car si est sont a
        ont comme quand dont entre vers très plus l d j m n s t c qu jusqu lorsqu puisqu
        """
    )
)
"""Words that lean on the next one."""

_WORDS = {
    "est": "ɛ", "es": "ɛ", "août": "ut", "os": "ɔs", "tous": "tus", "plus": "plys", "ii": "dø",
    "six": "sis", "dix": "dis", "huit": "ɥit", "cinq": "sɛ̃k", "web": "wɛb", "e": "ø", "y": "i",
    "a": "a", "à": "a", "gaz": "ɡaz", "parce": "paʁs",
    "aujourd'hui": "oʒuʁdɥi", "cetera": "seteʁa", "bene": "bene", "celsius": "sɛlsjys",
    "fahrenheit": "faʁɛnajt", "insee": "inse", "jean": "ʒɑ̃", "kelvin": "kɛlvin",
    "kelvins": "kɛlvin", "lefebvre": "ləfɛvʁ", "milliseconde": "milisəɡɔ̃d",
    "millisecondes": "milisəɡɔ̃d", "windows": "windoz", "ô": "o", "peut": "pø",
    "git": "ɡit", "po": "po", "sim": "sim", "wikipedia": "wikipedja", "sras": "sʁas",
    "hadopi": "adopi", "sacem": "sasɛm",
}  # fmt: skip
"""Words that g2p2 says wrongly."""
_BEFORE_WORD = {"tous": "tu", "plus": "ply", "six": "si", "dix": "di"}
_BEFORE_CONSONANT = {"huit": "ɥi"}
_BEFORE_VOWEL = {"premier": "pʁəmjɛʁ", "dernier": "dɛʁnjɛʁ"}
_BEFORE_THAT_WORD = {
    "neuf": ("nœv", frozenset(words("heure heures an ans autres hommes"))),
    "dix": ("diz", frozenset(words("huit huitième huitièmes neuf neuvième neuvièmes"))),
    "et": ("ɛt", frozenset(words("cetera"))),
}
_WHOLE_BEFORE = {
    "plus": frozenset(
        words(
            """
            un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze
            seize vingt trente quarante cinquante soixante cent mille zéro bé cé dé effe gé ache ji
            ka enne pé ku erre esse té vé ixe zède alpha bêta gamma delta epsilon thêta lambda mu pi
            sigma phi psi oméga cosinus sinus racine
            """
        )
    ),
    **dict.fromkeys(
        ("six", "dix", "huit"), frozenset(words("virgule plus moins fois sur point et ou par"))
    ),
}
"""Words before which one that is shorter before others is said as it is alone: "x plus deux"."""
_TWENTIES = frozenset(words("deux trois quatre cinq six sept huit neuf")) | frozenset(
    words("deuxième troisième quatrième cinquième sixième septième huitième neuvième")
)
_WITHOUT_LINK = re.compile(r"(?:un|une|unième|onze|onzième|huit|huitième)s?")
"""Behind "vingt" and "cent" in a numeral: no liaison in "cent un", "quatre-vingt-un"."""

_ELIDED = {
    "l": "l", "d": "d", "j": "ʒ", "m": "m", "n": "n", "s": "s", "t": "t", "c": "s", "qu": "k",
    "jusqu": "ʒysk", "lorsqu": "lɔʁsk", "puisqu": "pɥisk", "quoiqu": "kwak", "quelqu": "kɛlk",
    "presqu": "pʁɛsk",
}  # fmt: skip

_LINKING = frozenset(
    words(
        """
        les des ces mes tes ses nos vos leurs aux nous vous ils elles on un aucun en mon ton son
        bien rien deux trois six dix vingt cent dans chez sans sous très plus moins est sont ont
        avons avez étaient était quand grand grands grandes petit petits petites autres quelques
        plusieurs certains certaines tout tous toutes premiers nouveaux nouvelles quels quelles
        différents différentes mêmes vingts cents peut
        """
    )
)
"""Words whose silent last consonant is said before a vowel."""
_LINK = {"s": "z", "x": "z", "z": "z", "t": "t", "d": "t", "n": "n"}
_ASPIRATED = re.compile(
    r"h(?:[ée]ros$|aut|asard|aine|al[lt]|anche|andicap|angar|arcel|ardi|ardware|arpe|âte|ausse|avre|"
    r"[ée]riss|eurt|ibou|iérarchi|iss|ollande|omard|ongr|onte|ors|uit|urle|utte|acke)|onz|oui|yaourt"
)
_FOUR = "atʁ"
"""The end of "quatre"; what "quatre-vingts" begins with has no t before the rest."""
_VOWELS = "aeiouyøœəɛɔɑ"
_NASAL = "\u0303"
_LAST_FULL_VOWEL = re.compile(
    rf"[{_VOWELS.replace('ə', '')}]{_NASAL}?(?=[^{_VOWELS}]*(?:ə)?[^{_VOWELS}]*$)"
)
_SYMBOLS = str.maketrans({"ɥ": "y", "ɲ": "nj", "‿": None, ".": None, "r": "ʁ", "g": "ɡ", "ː": None})


def pronounce(word: str, following: str = "", previous: str = "") -> str:
    """Kokoro symbols of a lower-case word, which may hold apostrophes.

    >>> pronounce("l'homme"), pronounce("les", "enfants"), pronounce("jardin")
    ('lˈɔm', 'lez', 'ʒaʁdˈɛ̃')

    Args:
        word: French letters and apostrophes.
        following: The next word, if no pause lies between.
        previous: Symbols of the word before, if no pause lies between.
    """
    *elided, core = _parts(word)
    before_vowel = starts_with_vowel(following) and not (
        core in ("vingt", "cent") and _WITHOUT_LINK.fullmatch(following)
    )
    sounds = _in_context(core, following, before_vowel) or _alone(core)
    if core == "vingt" and following in _TWENTIES and not previous.endswith(_FOUR):
        sounds += "t"
    if core not in UNSTRESSED:
        sounds = _LAST_FULL_VOWEL.sub(lambda match: "ˈ" + match.group(), sounds, count=1)
    link = _LINK.get(core[-1:], "") if core in _LINKING and before_vowel else ""
    link = "" if link and sounds.endswith(link) else link
    return "".join(_ELIDED.get(part) or _alone(part) for part in elided) + sounds + link


def starts_with_vowel(word: str) -> bool:
    """Whether a word asks for liaison: a vowel, or a silent h that is not "aspirated"."""
    core = _parts(word)[0]
    return core != "" and core[0] in "aàâeéèêëiîïoôuùûüyhœæ" and not _ASPIRATED.match(core)


def _parts(word: str) -> list[str]:
    if word in _WORDS:
        return [word]
    return [part for part in word.split("'") if part] or [""]


def _in_context(word: str, following: str, before_vowel: bool) -> str:
    """Sounds of the few words that change before another; empty for the rest."""
    if not following or following in _WHOLE_BEFORE.get(word, ()):
        return ""
    sounds, words_behind = _BEFORE_THAT_WORD.get(word, ("", ()))
    if following in words_behind:
        return sounds.translate(_SYMBOLS)
    changed = _BEFORE_VOWEL if before_vowel else _BEFORE_CONSONANT
    return changed.get(word, _BEFORE_WORD.get(word, "")).translate(_SYMBOLS)


@lru_cache(maxsize=20_000)
def _alone(word: str) -> str:
    return (_WORDS.get(word) or lexicon("fr").phonemize(word)).translate(_SYMBOLS)
