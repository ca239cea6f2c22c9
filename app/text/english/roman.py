"""Roman numerals of an English text: chapters, rulers, centuries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.english.context import in_formula, said, word_after, word_before
from app.text.english.numerals import cardinal, ordinal
from app.text.roman import NUMERAL, roman_value
from app.text.tables import words
from app.text.tokens import Token, Verbalized

_ROMAN = re.compile(rf"(?![DM]){NUMERAL}")
_RANGE = re.compile(r"([IVXLC]+|[ivxlc]+)[–-]([IVXLC]+|[ivxlc]+)")
_ORDINAL = re.compile(r"([IVX]{1,5})(?:st|nd|rd|th)")
_DETERMINERS = frozenset(words("the this that these those a an any each every one only first last"))
_LETTERS = frozenset("IVXLCDM")
_OF_BOOKS = frozenset(
    words("chapter part section volume book act scene article apollo war lesson lecture title")
) | frozenset(words("chap ch sec pt vol art bk"))
"""What has so many parts that X, L and C behind it are numbers; elsewhere they are letters."""
_GENITIVE = re.compile(r"([IVX]+)['’]s")
_JOINTS = frozenset(words("and or to &"))
_NUMBERED = frozenset(
    words(
        """
        chapter part section volume book act scene type phase stage class article appendix figure
        table level grade war unit lecture lesson module theorem lemma title apollo case problem
        bowl saturn gemini mark group period factor region page pages pp quadrant step item
        vol vols chap ch fig figs sec sect pt app tab eq art bk
        equation exercise question schedule category tier model zone series
        """
    )
)
_SAID_BY_ME = frozenset(
    words(
        """
        wrote read made chose took gave found use used need showed told call do draw drew
        write teach am was have had will would can could shall should may might must do did think
        thought know knew believe say said mean meant see saw want wanted like love hope guess
        suppose never
        """
    )
)
"""Words that make the "I" before them the speaker rather than a number."""
_RULERS = frozenset(
    words(
        """
        henry louis george edward charles james william richard john pius benedict elizabeth mary
        philip ferdinand napoleon nicholas alexander peter catherine paul gregory francis leo
        frederick wilhelm justinian theodosius constantine otto cyrus artaxerxes antiochus amenhotep
        thutmose rameses alfonso isabella carlos pedro umberto victor emmanuel franz joseph leopold
        rudolf maximilian sigismund casimir christian gustav gustavus suleiman selim murad menelik
        edmund harold robert baldwin hugh conrad honorius celestine boniface sixtus julius adrian
        martin eugene stephen robert david ivan innocent urban clement ptolemy
        ramses darius xerxes mehmed
        """
    )
)


def roman(tokens: Sequence[Token], place: int) -> list[Verbalized]:
    """A Roman numeral after the name of a ruler or of what is numbered, or before a century."""
    token, before = tokens[place], word_before(tokens, place)
    numbered = _is_numbered(tokens, place)
    if numbered and (ends := _RANGE.fullmatch(token.core)):
        first, last = (cardinal(roman_value(end.upper())) for end in ends.groups())
        return [said(token, [*first, "to", *last])]
    if counted := _ORDINAL.fullmatch(token.core):
        return [said(token, ordinal(roman_value(counted[1])))]
    genitive = _GENITIVE.fullmatch(token.core)
    if genitive and (before in _RULERS or len(genitive[1]) > 2):
        *rest, name = ordinal(roman_value(genitive[1]))
        return [said(token, ["the", *rest, name + "'s"])]
    if not token.core or not _ROMAN.fullmatch(token.core.upper()) or in_formula(tokens, place):
        return []
    value = roman_value(token.core.upper())
    bracketed = token.opening.endswith("(") and token.closing.startswith(")") and place == 0
    if bracketed and token.core.islower() and token.core not in ("c", "d", "l", "m"):
        return [said(token, cardinal(value))]
    if numbered and token.core.islower() and len(token.core) > 1:
        return [said(token, cardinal(value))]
    if not token.core.isupper():
        return []
    if word_after(tokens, place).lower() in ("century", "centuries", "c", "congress"):
        return [said(token, ordinal(value))]
    pronoun = token.core == "I" and word_after(tokens, place) in _SAID_BY_ME
    if before in _RULERS and not pronoun:
        return [said(token, ["the", *ordinal(value)])]
    if numbered or (place == 0 and token.closing.startswith((".", ")")) and value > 1):
        return [said(token, cardinal(value))]
    if before in _RULERS or (len(token.core) > 2 and tokens[place - 1].core.istitle() and place):
        return [said(token, ["the", *ordinal(value)])] if token.core != "I" else []
    return []


def _is_numbered(tokens: Sequence[Token], place: int) -> bool:
    """Whether the name of what is numbered stands before: "chapter IV", "parts I, II and III"."""
    at = place - 1
    while at > 0 and (tokens[at].core in _JOINTS or _is_roman(tokens[at].core)):
        at -= 1
    adjacent = at == place - 1
    if at < 0 or (adjacent and tokens[at].closing not in ("", ".")):
        return False
    if adjacent and tokens[place].core == "I" and _is_the_speaker(tokens, place):
        return False
    name = tokens[at].core.lower()
    if tokens[place].core in _LETTERS and name.removesuffix("s") not in _OF_BOOKS:
        return tokens[place].core in ("I", "V") and name.removesuffix("s") in _NUMBERED
    return name in _NUMBERED or name.removesuffix("s") in _NUMBERED


def _is_the_speaker(tokens: Sequence[Token], place: int) -> bool:
    """Whether "I" behind what may be numbered is a pronoun: "the chapter I wrote"."""
    following = word_after(tokens, place)
    spoken = following in _SAID_BY_ME or following.endswith("ed")
    determined = place > 1 and tokens[place - 2].core.lower() in _DETERMINERS
    return spoken and (determined or tokens[place - 1].core.endswith("s"))


def _is_roman(core: str) -> bool:
    return bool(core) and _ROMAN.fullmatch(core) is not None
