"""Write how rare each letter is behind each other one, from langdetect's counts.

    python -m tools.count_letters FOLDER app/text/plain/letters.txt

FOLDER is ``langdetect/profiles`` of the source distribution of PyPI langdetect 1.0.9, whose JSON
files count the letters and pairs of letters of each language's Wikipedia.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from pathlib import Path

LATIN = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "ca": LATIN + "àçèéíïòóúü",
    "cs": LATIN + "áčďéěíňóřšťúůýž",
    "da": LATIN + "æøåé",
    "de": LATIN + "äöüß",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "en": LATIN + "àáâäçèéêëíïñóöü",
    "es": LATIN + "áéíñóúü",
    "et": LATIN + "äõöüšž",
    "fi": LATIN + "äöå",
    "fr": LATIN + "àâæçèéêëîïôœùûü",
    "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "hr": LATIN + "čćđšž",
    "hu": LATIN + "áéíóöőúüű",
    "it": LATIN + "àèéìíòóù",
    "lt": LATIN + "ąčęėįšųūž",
    "lv": LATIN + "āčēģīķļņšūž",
    "nl": LATIN + "áäçèéêëíïóöúü",
    "pl": LATIN + "ąćęłńóśźż",
    "pt": LATIN + "áâãàçéêíóôõúü",
    "ro": LATIN + "ăâîşţșț",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "sk": LATIN + "áäčďéíĺľňóôŕšťúýž",
    "sl": LATIN + "čšž",
    "sv": LATIN + "åäöé",
    "tr": "abcdefghijklmnopqrstuvwxyzâçğıîöşüû",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
RAREST = 5e-5
"""Share of a letter that the counts lack."""
OF_LETTERS_ALONE = 0.1
"""Weight of a letter's own share in the share of a pair."""
DIGITS = "0123456789abcdefghijklmn"
"""Half bits, at most 23: what the counts lack is rare, and not impossible."""


def main() -> None:
    """Write the table: a line per language with its code, its letters and their digits."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("profiles", type=Path)
    arguments.add_argument("target", type=Path)
    asked = arguments.parse_args()
    lines = [_line(code, " " + letters, asked.profiles) for code, letters in ALPHABETS.items()]
    asked.target.write_text("".join(lines), encoding="utf-8")


def _line(code: str, letters: str, profiles: Path) -> str:
    counts: Counter[str] = Counter()
    profile = json.loads((profiles / code).read_text(encoding="utf-8"))
    for gram, count in profile["freq"].items():
        counts[gram.lower()] += count
    pairs = {first: {second: counts[first + second] for second in letters} for first in letters}
    before = {second: sum(row[second] for row in pairs.values()) for second in letters}
    whole = sum(before.values())
    own = {second: max(RAREST, before[second] / whole) for second in letters}
    digits = "".join(
        _digit(pairs[first][second], sum(pairs[first].values()), own[second])
        for first in letters
        for second in letters
    )
    return f"{code}\t{letters}\t{digits}\n"


def _digit(count: int, of: int, own: float) -> str:
    share = (1 - OF_LETTERS_ALONE) * (count / of if of else own) + OF_LETTERS_ALONE * own
    return DIGITS[min(len(DIGITS) - 1, round(-2 * math.log2(share)))]


if __name__ == "__main__":
    main()
