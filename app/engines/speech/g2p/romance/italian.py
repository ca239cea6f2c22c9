"""Pronunciation of Italian: sounds from g2p2, stress by rule."""

from __future__ import annotations

import re
from functools import lru_cache

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

_ACCENTED = "àèéìíòóùú"
_VOWELS = "aeiouɛɔ"
_OPEN = "ɛɔ"
"""Vowels that occur in stressed syllables only."""

_SYMBOLS = (
    ("ː", ""), ("t͡ʃ", "ʧ"), ("d͡ʒ", "ʤ"), ("dʒ", "ʤ"), ("t͡s", "ʦ"), ("d͡z", "ʣ"), ("ts", "ʦ"),
    ("dz", "ʣ"), ("tʃ", "ʧ"), ("tʦ", "ʦʦ"), ("dʣ", "ʣʣ"), ("tʧ", "ʧʧ"), ("dɡ", "ɡɡ"), ("dʤ", "ʤʤ"),
    (",", ""),
)  # fmt: skip
_GEMINATE = re.compile(r"([^aeiouɛɔˈ])\1")
_LENGTHENED = "ptkbdɡʧʤʦʣ"
_UNDOUBLED = "ʎʃ"
"""Always long between vowels, hence written short."""
_LONE_R = re.compile(r"(?<=[aeiouɛɔ])r(?=ˈ?[aeiouɛɔ])")
_FINAL_I = re.compile(r"(?<=[^aeiouɛɔjwˈ])i$")

_ANTEPENULTIMATE = re.compile(
    r"(?:[aei]vano|[aei]rono|ssero|bbero|(?:[^i]|gli|gg|ng)[dgntlv]ono|[sv]sono|eggono|issim[oaie]"
    r"|[ai]bil[ei]|evol[ei]|ic(?:[oaie]|h[ei])|log[oaie]|ologh[ie]|graf[oaie]|metr[oi]|esim[oaie]"
    r"|udin[ei]|[ai]ggin[ei]|[ai]gin[ei]|[bctgp]ol[oaie]|mer[oiae]|ner[oiae]|[aiu]cil[ei]"
    r"|[st]tim[oaie]|ssim[oaie]|ultim[oaie]|rdin[ei]|min[ei]|alis[ie]|otes[ie]|intes[ie]"
    r"|pagin[ae]|ntigrad[oi]|vid[oaie]|pid[oaie]|lid[oaie]|quid[oaie]|mod[oi]|tod[oi]|riod[oi])$"
)
_PENULTIMATE = re.compile(
    r"(?:(?:am|nem|ant|fat|form|vesc|pud|mend|lombr)ic(?:[oaie]|h[ei])|.*tric[ei]|(?:rad|fel|infel|corn|vern|nar|pern|append|cerv)ic[ei]|[aeiou]buono|modo|come"
    r"|vapore|nome|cognome|somm?ero|vero|nero|davvero|mistero|intero|pensiero|ministero|numeri?co"
    r"|dolo|solo|sola|soli|sole|polo|volo|ruolo|figli[uo]ol[oaie]|scuol[ae]|perd[oa]no|dono|sono|buono|tono|suono)$"
)

_DIGIT = "uno|due|tre|quattro|cinque|sei|sette|otto|nove"
_NUMERAL = re.compile(
    rf"(?P<thousands>mille|(?:[a-z]{{2,}})(?=mila))?(?P<mila>mila)?"
    rf"(?P<hundreds>(?:{_DIGIT})?cent(?:o|(?=ott)))?"
    r"(?P<tens>(?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)(?:[ia]|(?=[uo])))?"
    rf"(?P<last>(?:{_DIGIT}|tré|[a-z]+(?:dici|ssette|tto|nnove)|[a-z]+esim[oaie])?)"
)
"""A cardinal or ordinal of one word; its parts keep a stress each."""
_INSIDE_A_NUMERAL = str.maketrans("ˈɪ", "ˌi")


@lru_cache(maxsize=20_000)
def pronounce(word: str) -> str:
    """Kokoro symbols of a lower-case word, which may hold apostrophes.

    >>> pronounce("città"), pronounce("famiglia"), pronounce("duemilasei")
    ('ʧitːˈa', 'famˈiʎa', 'dˌuemˌilasˈɛi')
    """
    if "'" in word:
        return "".join(pronounce(part) for part in word.split("'") if part)
    parts = _parts(word)
    if len(parts) > 1:
        before = "".join(map(pronounce, parts[:-1])).translate(_INSIDE_A_NUMERAL)
        return before + (pronounce(parts[-1]) if parts[-1] != "uno" else "ˈuno")
    sounds = lexicon("it").phonemize(word)
    for old, new in _SYMBOLS:
        sounds = sounds.replace(old, new)
    nuclei = [place for place, sound in enumerate(sounds) if sound in _VOWELS]
    if word in UNSTRESSED:
        sounds = sounds.replace("ɛ", "e").replace("ɔ", "o")
    elif nuclei:
        place = nuclei[_stressed(word, [sounds[n] for n in nuclei])]
        sounds = f"{sounds[:place]}ˈ{sounds[place:]}"
    sounds = _LONE_R.sub("ɾ", _FINAL_I.sub("ɪ", sounds))
    return _GEMINATE.sub(_geminate, sounds)


def _parts(word: str) -> list[str]:
    """Parts of a numeral, "mille", "novecento", "venti", "quattro"; any other word as it is."""
    match = _NUMERAL.fullmatch(word)
    parts = [part for part in match.groups() if part] if match else []
    return parts if len(parts) > 1 else [word]


def _stressed(word: str, vowels: list[str]) -> int:
    """Which vowel is stressed: Italian writes it only at the end of a word."""
    last = len(vowels) - 1
    if word[-1] in _ACCENTED or last == 0:
        return last
    if last > 1 and _ANTEPENULTIMATE.search(word) and not _PENULTIMATE.fullmatch(word):
        return last - 2
    opened = [place for place, vowel in enumerate(vowels) if vowel in _OPEN]
    # A vowel further back than the third from the end hardly ever bears it.
    return opened[-1] if opened and last - 2 <= opened[-1] < last else last - 1


def _geminate(match: re.Match[str]) -> str:
    """A long consonant as Kokoro met it: stops with a mark, most others doubled."""
    sound = match.group(1)
    if sound in _LENGTHENED:
        return sound + "ː"
    return {"s": "S", "r": "rɾ"}.get(sound, sound if sound in _UNDOUBLED else sound * 2)
