"""Hindi numbers in words; whatever else stands in a text stays."""

from __future__ import annotations

import re

from app.text.grouping import ungrouped
from app.text.tables import words
from app.text.tokens import Verbalized

_NAMES = words(
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

_SCALES = ((10**7, "करोड़"), (10**5, "लाख"), (1000, "हज़ार"), (100, "सौ"))
_MOST_DIGITS = 15
_POINT = "दशमलव"
_NUMBER = re.compile(r"(\d+)(?:[.,](\d+))?")


def in_words(text: str) -> list[Verbalized]:
    """Pieces of a text with their numbers in words, in the Indian groups of lakh and crore.

    >>> [piece.spoken for piece in in_words("12,34,567 3.14")]
    ['बारह लाख चौंतीस हज़ार पाँच सौ सड़सठ', 'तीन दशमलव एक चार']
    """
    return [
        Verbalized(piece, tuple(_NUMBER.sub(_number, ungrouped(piece)).split()))
        for piece in text.split()
    ]


def _number(found: re.Match[str]) -> str:
    whole = found[1]
    huge = len(whole) > _MOST_DIGITS
    spoken = [_NAMES[int(digit)] for digit in whole] if huge else _cardinal(int(whole))
    if found[2]:
        spoken += [_POINT, *(_NAMES[int(digit)] for digit in found[2])]
    return " ".join(spoken)


def _cardinal(value: int) -> list[str]:
    if value < len(_NAMES):
        return [_NAMES[value]]
    scale, name = next(item for item in _SCALES if value >= item[0])
    rest = _cardinal(value % scale) if value % scale else []
    return [*_cardinal(value // scale), name, *rest]
