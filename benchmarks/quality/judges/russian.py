"""Russian numbers and signs the way they sound, however a text or a recogniser wrote them.

A number becomes its words in the nominative: "1998" and "тысяча девятьсот девяносто восьмом" are
"тысяча девятьсот девяносто восемь" alike.  Case and order ("пять", "пятого") are lost, for digits
do not show them; a wrong value stays wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from string import ascii_lowercase

from num2words import num2words

_ADJECTIVE = (
    "(?:ый|ий|ой|ая|ья|ое|ье|ого|ьего|ому|ьему|ом|ьем|ым|им|ьим|ую|ью|ей|ьей|ые|ьи|ых|ьих|ыми|ьими)"
)
_NUMBERS: tuple[tuple[str, int], ...] = (
    (rf"нол(?:ь|я|ю|ем|е)|нул(?:ь|я|ю|ем|е|ев{_ADJECTIVE})", 0),
    (rf"один|одн(?:а|о|у|и|ой|ого|ому|ом|им|их|ими)|перв{_ADJECTIVE}", 1),
    (rf"дв(?:а|е|ух|ум|умя)|втор{_ADJECTIVE}", 2),
    (rf"тр(?:и|ех|ем|емя)|трет{_ADJECTIVE}", 3),
    (rf"четыр(?:е|ех|ем|ьмя)|четверт{_ADJECTIVE}", 4),
    (rf"пят(?:ь|и|ью|{_ADJECTIVE})", 5),
    (rf"шест(?:ь|и|ью|{_ADJECTIVE})", 6),
    (rf"сем(?:ь|и)|седьм{_ADJECTIVE}", 7),
    (rf"вос(?:емь|ьми|емью|ьмью|ьм{_ADJECTIVE})", 8),
    (rf"девят(?:ь|и|ью|{_ADJECTIVE})", 9),
    (rf"десят(?:ь|и|ью|{_ADJECTIVE})", 10),
    *(
        (rf"{stem}надцат(?:ь|и|ью|{_ADJECTIVE})", 11 + place)
        for place, stem in enumerate(
            ("один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят")
        )
    ),
    (rf"двадцат(?:ь|и|ью|{_ADJECTIVE})", 20),
    (rf"тридцат(?:ь|и|ью|{_ADJECTIVE})", 30),
    (rf"сорока?|сороков{_ADJECTIVE}", 40),
    *(
        (rf"{stem}(?:ьдесят|идесяти|ьюдесятью|идесят{_ADJECTIVE})", value)
        for stem, value in (("пят", 50), ("шест", 60), ("сем", 70))
    ),
    (rf"вос(?:емьдесят|ьмидесяти|ьмидесят{_ADJECTIVE})", 80),
    (rf"девяност(?:о|а|{_ADJECTIVE})", 90),
    (rf"ста|сто|сот{_ADJECTIVE}", 100),
    (rf"дв(?:ести|ухсот|умстам|умястами|ухстах|ухсот{_ADJECTIVE})", 200),
    (rf"тр(?:иста|ехсот|емстам|емястами|ехстах|ехсот{_ADJECTIVE})", 300),
    (rf"четыр(?:еста|ехсот|емстам|ьмястами|ехстах|ехсот{_ADJECTIVE})", 400),
    *(
        (rf"{stem}(?:ьсот|исот|истам|ьюстами|истах|исот{_ADJECTIVE})", value)
        for stem, value in (("пят", 500), ("шест", 600), ("сем", 700), ("девят", 900))
    ),
    (rf"вос(?:емьсот|ьмисот|ьмистам|ьмистах|ьмисот{_ADJECTIVE})", 800),
    (rf"тысяч(?:а|и|у|ей|ью|е|ам|ами|ах)?|тысячн{_ADJECTIVE}", 1000),
    (rf"миллион(?:а|ы|у|ом|е|ов|ам|ами|ах)?|миллионн{_ADJECTIVE}", 10**6),
    (rf"миллиард(?:а|ы|у|ом|е|ов|ам|ами|ах)?|миллиардн{_ADJECTIVE}", 10**9),
)
_AFTER_NUMBERS: tuple[tuple[str, str], ...] = (
    (r"процент(?:а|у|ом|е|ы|ов|ам|ами|ах)?", "процент"),
    (r"цел(?:ая|ой|ую|ых|ым|ыми)", "целых"),
    (r"км|километр(?:а|у|ом|е|ы|ов|ам|ами|ах)?", "километр"),
    (r"см|сантиметр(?:а|у|ом|е|ы|ов|ам|ами|ах)?", "сантиметр"),
    (r"мм|миллиметр(?:а|у|ом|е|ы|ов|ам|ами|ах)?", "миллиметр"),
    (r"м|метр(?:а|у|ом|е|ы|ов|ам|ами|ах)?", "метр"),
    (r"кг|килограмм(?:а|у|ом|е|ы|ов|ам|ами|ах)?", "килограмм"),
    (r"г|грамм(?:а|у|ом|е|ы|ов|ам|ами|ах)?", "грамм"),
)
"""What Whisper shortens after digits, and so without an ending."""

_LETTER_NAMES = """
    эй би си ди и эф джи эйч ай джей кей эл эм эн оу пи кью ар эс ти ю ви даблю икс уай зед
"""
_LETTERS: Mapping[str, str] = dict(zip(ascii_lowercase, _LETTER_NAMES.split(), strict=True))
_LATIN_INITIALS = re.compile(r"\b[A-Z]{2,4}\b")
_ROMAN = re.compile(r"\b[IVX]+(?=(?:-\w+)?\s+(?:век|столет|глав|том|част|съезд))")
_SIGNS = (("%", " процент "), ("№", " номер "))
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?:[\u00a0\u202f ]\d{3})+|(?:[.,]000)+)(?!\d)")
_FRACTION = re.compile(r"(?<![\d.,])(\d+)[.,](\d{1,3})(?![\d.,]*\d)")
_PARTS = (10, 100, 1000)
_ORDINAL = re.compile(r"(\d+)(?:-?(?:го|му|ми|ти|ый|ой|ая|ое|ые|ых|ым|ом|ую|й|х)|-[мяею])\b")
_DIGITS = re.compile(r"\d+")
_LARGEST = 10**12
_GROUPS = frozenset({"1000", "1000000", "1000000000"})


def sounded(text: str) -> str:
    """Digits, signs and Latin initials as what is said for them; words stay as they are."""
    text = _ROMAN.sub(lambda found: str(_roman(found[0])), text)
    text = _LATIN_INITIALS.sub(
        lambda found: "".join(_LETTERS[letter] for letter in found[0].lower()), text
    )
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    text = _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    text = _FRACTION.sub(
        lambda found: f"{found[1]} целых {int(found[2])} {_PARTS[len(found[2]) - 1]}", text
    )
    return _ORDINAL.sub(r"\1 ", text)


def without_endings(words: list[str]) -> list[str]:
    """Lower-case words with ё as е; each number, and what stands after one, without its ending.

    >>> without_endings("в 1998 году около двадцати процентов".split())[-3:]
    ['около', 'двадцать', 'процент']
    """
    values = [value for word in words for value in _values(word)]
    result: list[str] = []
    for value in values:
        word = value
        if result and result[-1].isdecimal():
            word = _after_number(value)
            if word in _GROUPS and _alone(result) and result[-1] == "1":
                # "Одна тысяча" is "тысяча", but "двадцать одна тысяча" is not "двадцать тысяч".
                result.pop()
        result.append(word)
    return [_name(word) for word in result]


@cache
def _name(word: str) -> str:
    """A number's last word in the nominative: "тысяча", not "одна тысяча"."""
    return str(num2words(int(word), lang="ru")).split()[-1] if word.isdecimal() else word


def _alone(words: list[str]) -> bool:
    """Whether the last word is not part of a longer number."""
    return len(words) < 2 or not words[-2].isdecimal()


@lru_cache(maxsize=10_000)
def _values(word: str) -> tuple[str, ...]:
    if _DIGITS.fullmatch(word):
        number = int(word)
        return tuple(map(str, _said(number))) if number < _LARGEST else (word,)
    for pattern, number in _NUMBERS:
        if re.fullmatch(pattern, word):
            return (str(number),)
    return (word,)


def _said(number: int) -> Iterator[int]:
    """Values of the words of a number: 2025 is 2, 1000, 20, 5."""
    if number == 0:
        yield 0
    for group in (10**9, 10**6, 10**3):
        if number >= group:
            count, number = divmod(number, group)
            if count > 1:
                yield from _said(count)
            yield group
    if number >= 100:
        yield number // 100 * 100
        number %= 100
    if number >= 20:
        yield number // 10 * 10
        number %= 10
    if number:
        yield number


def _after_number(word: str) -> str:
    for pattern, short in _AFTER_NUMBERS:
        if re.fullmatch(pattern, word):
            return short
    return word


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )
