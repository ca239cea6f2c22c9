"""Numbers in words where coqui-tts's cleaners fail: Hindi, Czech ordinals, Japanese."""

from __future__ import annotations

import re

from app.text.tables import words

_HINDI = words(
    """
    शून्य एक दो तीन चार पाँच छह सात आठ नौ
    दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
    बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
    तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
    चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
    पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
    साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
    सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी
    अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी
    नब्बे इक्यानवे बानवे तिरानवे चौरानवे पंचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे
    """
)
"""0 to 99: every one has a name of its own."""

_HINDI_SCALES = ((10**7, "करोड़"), (10**5, "लाख"), (1000, "हज़ार"), (100, "सौ"))
_HINDI_POINT = "दशमलव"

_CZECH_ORDINALS = words(
    """
    nultý první druhý třetí čtvrtý pátý šestý sedmý osmý devátý desátý jedenáctý dvanáctý
    třináctý čtrnáctý patnáctý šestnáctý sedmnáctý osmnáctý devatenáctý dvacátý
    """
)
_CZECH_ORDINAL = re.compile(r"\b(\d{1,2})\.(?=\s+\w)")
_CZECH_LAST = re.compile(r"(\d)\.(?=\s|$)")

_GROUPED = re.compile(r"(?<=\d),(?=\d{2,3}(?:\D|$)|\d{2},)")
_NUMBER = re.compile(r"(\d+)(?:[.,](\d+))?")
_JAPANESE_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
_JAPANESE_DIGITS = "〇一二三四五六七八九"
_JAPANESE_MYRIADS = ("", "万", "億", "兆")
_JAPANESE_TENS = ((1000, "千"), (100, "百"), (10, "十"))


def hindi(text: str) -> str:
    """Numbers in Hindi words, in the Indian groups of lakh and crore.

    >>> hindi("12,34,567"), hindi("3.14")
    ('बारह लाख चौंतीस हज़ार पाँच सौ सड़सठ', 'तीन दशमलव एक चार')
    """
    return _NUMBER.sub(_hindi_number, _GROUPED.sub("", text))


def czech(text: str) -> str:
    """Ordinals up to 31, as in dates, in words; a number at the end of a sentence is none.

    >>> czech("23. května 2025."), czech("1999.")
    ('dvacátý třetí května 2025', '1999')
    """
    return _CZECH_LAST.sub(r"\1", _CZECH_ORDINAL.sub(_czech_ordinal, text))


def japanese(text: str) -> str:
    """Numbers in kanji, which the reader of ``cutlet`` knows; it leaves digits as they are.

    >>> japanese("1,974年、3.14%、100000")
    '千九百七十四年、三点一四パーセント、十万'
    """
    ungrouped = _GROUPED.sub("", text).replace("%", "パーセント")
    return _JAPANESE_NUMBER.sub(_japanese_number, ungrouped)


def _hindi_number(found: re.Match[str]) -> str:
    words = _hindi_words(int(found[1]))
    if found[2]:
        words += [_HINDI_POINT, *(_HINDI[int(digit)] for digit in found[2])]
    return " ".join(words)


def _hindi_words(value: int) -> list[str]:
    if value < len(_HINDI):
        return [_HINDI[value]]
    scale, name = next(item for item in _HINDI_SCALES if value >= item[0])
    rest = _hindi_words(value % scale) if value % scale else []
    return [*_hindi_words(value // scale), name, *rest]


def _japanese_number(found: re.Match[str]) -> str:
    value, written = int(found[1]), ""
    for myriad in _JAPANESE_MYRIADS:
        value, group = divmod(value, 10000)
        written = _below_myriad(group) + myriad + written if group else written
    decimals = "".join(_JAPANESE_DIGITS[int(digit)] for digit in found[2] or "")
    return (written or "零") + (f"点{decimals}" if decimals else "")


def _below_myriad(value: int) -> str:
    """A number up to 9999; no one is said before ten, hundred and thousand."""
    written = ""
    for ten, name in _JAPANESE_TENS:
        times, value = divmod(value, ten)
        if times:
            written += (_JAPANESE_DIGITS[times] if times > 1 else "") + name
    return written + (_JAPANESE_DIGITS[value] if value else "")


def _czech_ordinal(found: re.Match[str]) -> str:
    value = int(found[1])
    if value < len(_CZECH_ORDINALS):
        return _CZECH_ORDINALS[value]
    if value > 31:
        return found[0]
    tens = "dvacátý" if value < 30 else "třicátý"
    return f"{tens} {_CZECH_ORDINALS[value % 10]}" if value % 10 else tens
