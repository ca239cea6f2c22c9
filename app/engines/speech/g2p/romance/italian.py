"""Pronunciation of Italian: sounds from g2p2, stress by rule."""

from __future__ import annotations

import re
from functools import lru_cache

from app.engines.speech.g2p.romance.italian_spelling import by_spelling, contradicts
from app.engines.speech.g2p.romance.italian_stress import stressed
from app.engines.speech.g2p.romance.lexicon import lexicon
from app.text.tables import words

UNSTRESSED = frozenset(
    words(
        """
        il lo la i gli le un uno una di a da in con su per tra fra e ed o od che se mi ti si ci
        vi ne del dello della dei degli delle al allo alla ai agli alle dal dallo dalla dai
        dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle col non ma
        come l un d c s t m v n quest nell dell all dall sull coll
        """
    )
)
"""Words that lean on the next one."""

_VOWELS = "aeiouɛɔ"

_SYMBOLS = (
    ("ː", ""), ("t͡ʃ", "ʧ"), ("d͡ʒ", "ʤ"), ("dʒ", "ʤ"), ("t͡s", "ʦ"), ("d͡z", "ʣ"), ("ts", "ʦ"),
    ("dz", "ʣ"), ("tʃ", "ʧ"), ("tʦ", "ʦʦ"), ("dʣ", "ʣʣ"), ("tʧ", "ʧʧ"), ("dɡ", "ɡɡ"), ("dʤ", "ʤʤ"),
    ("i̯", "j"), ("u̯", "w"),
)  # fmt: skip
_LOOK_ALIKE = str.maketrans(
    {"g": "ɡ", "c": "k", "q": "k", "ɾ": "r", "ʁ": "r", "ʀ": "r", "ɱ": "n", "ɪ": "i", "ʊ": "u"}
    | dict.fromkeys(",;:.-‧·’[]¦ˑ", "")
)
"""Letters that the model wrote for others, and marks that are no sounds."""
_FINAL_J = re.compile(r"(?<=[^aeiouɛɔ])j$")
_GEMINATE = re.compile(r"([^aeiouɛɔˈ])\1")
_LENGTHENED = "ptkbdɡʧʤʦʣ"
_UNDOUBLED = "ʎʃ"
"""Always long between vowels, hence written short."""
_LONE_R = re.compile(r"(?<=[aeiouɛɔ])r(?=ˈ?[aeiouɛɔ])")
_FINAL_I = re.compile(r"(?<=[^aeiouɛɔjwˈ])i$")

_DIGIT = "uno|due|tre|quattro|cinque|sei|sette|otto|nove"
_NUMERAL = re.compile(
    rf"(?P<thousands>mille|(?:[a-z]{{2,}})(?=mila))?(?P<mila>mila)?"
    rf"(?P<hundreds>(?:{_DIGIT})?cent(?:o|(?=ott)))?"
    r"(?P<tens>(?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)(?:[ia]|(?=[uo])))?"
    rf"(?P<last>(?:{_DIGIT}|tré|[a-z]+(?:dici|ssette|tto|nnove)|[a-z]+esim[oaie])?)"
)
"""A cardinal or ordinal of one word; its parts keep a stress each."""
_WHOLE_TENS = {"cent": "cento", "vent": "venti"} | {
    ten: f"{ten}a" for ten in words("trent quarant cinquant sessant settant ottant novant")
}
_INSIDE_A_NUMERAL = str.maketrans("ˈɪ", "ˌi")


@lru_cache(maxsize=20_000)
def pronounce(word: str, *, leans: bool = True) -> str:
    """Kokoro symbols of a lower-case word, which may hold apostrophes.

    >>> pronounce("città"), pronounce("famiglia"), pronounce("duemilasei")
    ('ʧitːˈa', 'famˈiʎa', 'dˌuemˌilasˈɛi')
    >>> pronounce("di"), pronounce("di", leans=False)
    ('dɪ', 'dˈi')

    Args:
        word: Italian letters and apostrophes.
        leans: Whether it leans on the next word if it is one of :data:`UNSTRESSED`; letters of
            an acronym and a lone "uno" do not.
    """
    if "'" in word:
        sounds = "".join(pronounce(part) for part in word.split("'") if part)
        # "All'una", "l'uno": behind an elided article it is the number, not an article itself.
        return re.sub("(?<=l)un[ao]$", r"ˈ\g<0>", sounds)
    parts = _parts(word)
    if len(parts) > 1:
        before = "".join(map(_first_part, parts[:-1])).translate(_INSIDE_A_NUMERAL)
        return before + (pronounce(parts[-1]) if parts[-1] != "uno" else "ˈuno")
    sounds = _sounds(word)
    nuclei = [place for place, sound in enumerate(sounds) if sound in _VOWELS]
    if leans and word in UNSTRESSED:
        sounds = sounds.replace("ɛ", "e").replace("ɔ", "o")
    elif nuclei:
        place = nuclei[stressed(word, [sounds[n] for n in nuclei])]
        sounds = f"{sounds[:place]}ˈ{sounds[place:]}"
    sounds = _LONE_R.sub("ɾ", _FINAL_I.sub("ɪ", sounds))
    return _GEMINATE.sub(_geminate, sounds)


def _sounds(word: str) -> str:
    """Sounds without stress: of the model, or of the spelling where it says something else."""
    sounds = lexicon("it").phonemize(word)
    for old, new in _SYMBOLS:
        sounds = sounds.replace(old, new)
    sounds = _FINAL_J.sub("i", sounds.translate(_LOOK_ALIKE))
    return by_spelling(word) if contradicts(sounds, word) else sounds


def _parts(word: str) -> list[str]:
    """Parts of a numeral, "mille", "novecento", "venti", "quattro"; any other word as it is."""
    match = _NUMERAL.fullmatch(word)
    parts = [part for part in match.groups() if part] if match else []
    return parts if len(parts) > 1 else [word]


def _first_part(part: str) -> str:
    """Sounds of a part before another, which may have lost its vowel: "sessantotto"."""
    whole = _WHOLE_TENS.get(part)
    return pronounce(whole)[:-1] if whole else pronounce(part)


def _geminate(match: re.Match[str]) -> str:
    """A long consonant as Kokoro met it: stops with a mark, most others doubled."""
    sound = match.group(1)
    if sound in _LENGTHENED:
        return sound + "ː"
    return {"s": "S", "r": "rɾ"}.get(sound, sound if sound in _UNDOUBLED else sound * 2)
