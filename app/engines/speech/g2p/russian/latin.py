"""Latin words, acronyms and single letters, as they are said in Russian."""

from __future__ import annotations

import re

from app.engines.speech.g2p.tables import words

_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        words(
            """
            эй би си ди и эф джи эйч ай джей кей эль эм эн оу пи кью ар эс ти ю ви дабл-ю икс
            уай зет
            """
        ),
        strict=True,
    )
)
_VARIABLES = {
    "a": "а", "b": "бэ", "c": "цэ", "d": "дэ", "e": "е", "f": "эф", "g": "жэ", "h": "аш", "i": "и",
    "j": "жи", "k": "ка", "m": "эм", "n": "эн", "p": "пэ", "q": "ку", "r": "эр", "s": "эс",
    "t": "тэ", "u": "у", "v": "вэ", "w": "дубль-вэ", "x": "икс", "y": "игрек", "z": "зет",
    "l": "эль", "o": "о",
}  # fmt: skip
"""Letters of mathematics, named after the French."""

_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюя",
        words(
            """
            а бэ вэ гэ дэ е жэ зэ и и-краткое ка эль эм эн о пэ эр эс тэ у эф ха цэ че ша ща ы э
            ю я
            """
        ),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθκλμνξπρστφχψωΔΣΩ",
        words(
            """
            альфа бета гамма дельта эпсилон дзета эта тета каппа лямбда мю ню кси пи ро сигма
            тау фи хи пси омега дельта сигма омега
            """
        ),
        strict=True,
    )
)

_WORDS = dict(
    entry.split(":")
    for entry in words(
        """
        google:гугл windows:виндоус linux:линукс python:пайтон java:джава javascript:джава-скрипт
        internet:интернет web:веб wifi:вай-фай wi-fi:вай-фай online:онлайн offline:офлайн
        email:имейл e-mail:имейл github:гитхаб git:гит microsoft:майкрософт apple:эпл
        android:андроид unix:юникс docker:докер excel:эксель word:ворд powerpoint:пауэрпойнт
        youtube:ютуб facebook:фейсбук intel:интел ethernet:эзернет bluetooth:блютуз
        browser:браузер server:сервер client:клиент cloud:клауд machine:машин learning:лёрнинг
        deep:дип data:дата big:биг science:сайенс open:оупен source:сорс software:софтвер
        hardware:хардвер framework:фреймворк backend:бэкенд frontend:фронтенд file:файл root:рут
        user:юзер password:пароль token:токен key:ки value:вэлью cache:кэш json:джейсон
        html:эйч-ти-эм-эль nasa:наса nato:нато ascii:аски cuda:куда unesco:юнеско jpeg:джейпег
        pdf:пэ-дэ-эф gif:гиф ram:рам rom:ром lan:лан wan:ван dos:дос basic:бейсик pascal:паскаль
        chatgpt:чат-джи-пи-ти openai:оупен-эй-ай the:зэ and:энд of:оф new:нью york:йорк pip:пип
        numpy:нампай pytorch:пайторч tensorflow:тензорфлоу iphone:айфон mac:мак os:оу-эс
        mail:мейл site:сайт blog:блог start:старт time:тайм life:лайф game:гейм team:тим up:ап
        feedback:фидбэк startup:стартап vs:версус ok:окей okay:окей
        """
    )
)
"""Words met in lectures that the letters alone would get wrong; hyphens part spoken words."""

_RULES: tuple[tuple[str, str], ...] = (
    ("tion", "шн"), ("sch", "ш"), ("tch", "ч"), ("igh", "ай"), ("sh", "ш"), ("ch", "ч"),
    ("th", "т"),
    ("ph", "ф"), ("ck", "к"), ("qu", "кв"), ("oo", "у"), ("ee", "и"), ("ea", "и"), ("ou", "ау"),
    ("ai", "эй"), ("ay", "эй"), ("ei", "ей"), ("ey", "ей"), ("wh", "в"), ("kh", "х"),
    ("zh", "ж"), ("ts", "ц"),
    ("ya", "я"), ("yu", "ю"), ("yo", "ё"), ("ce", "се"), ("ci", "си"), ("cy", "си"),
    ("ge", "дже"), ("gi", "джи"),
    ("x", "кс"), ("j", "дж"), ("w", "в"), ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"),
    ("e", "е"),
    ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"),
    ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"),
    ("y", "и"), ("z", "з"),
)  # fmt: skip
_TRANSLITERATION = re.compile("|".join(letters for letters, _ in _RULES))
_SPOKEN = dict(_RULES)
_SILENT_E = re.compile(r"(?<=[aeiouy][bcdfgklmnprstvz])e$")
_CYRILLIC_VOWELS = "АЕЁИОУЫЭЮЯ"
_SPELLED_OUT = frozenset(
    words(
        """
        США ЭВМ АЭС ЕС ООО ОАО ЗАО ИИ АО УК ЯО ЭДС ОЭСР ФИО ЭКГ ЕГЭ ОГЭ ЭЛТ ИП ОС ОЗУ
        """
    )
)


def latin(word: str) -> list[str]:
    """Spoken words of Latin letters, which hyphens may join, in the case they are written.

    >>> latin("HTTP"), latin("Python"), latin("x")
    (['эйч', 'ти', 'ти', 'пи'], ['пайтон'], ['икс'])
    """
    lower = word.lower()
    if lower in _WORDS and len(word) > 1:
        return _WORDS[lower].split("-")
    if "-" in word:
        return [spoken for part in word.split("-") if part for spoken in latin(part)]
    if len(word) == 1:
        return [_LETTERS[lower]] if word.isupper() else [_VARIABLES[lower]]
    if (word.isupper() and len(word) <= 5) or not re.search("[aeiouy]", lower):
        return [_LETTERS[letter] for letter in lower]
    if word[:-1].isupper() and word[-1] == "s":
        return [*latin(word[:-1]), "с"]
    return [_TRANSLITERATION.sub(lambda match: _SPOKEN[match.group()], _SILENT_E.sub("", lower))]


def greek(letter: str) -> list[str]:
    return [_GREEK[letter]] if letter in _GREEK else []


def letter_name(letter: str) -> list[str]:
    """Name of a Cyrillic letter, for initials; empty for ъ and ь.

    A lone vowel bears an accent mark, lest "а" be taken for the conjunction.
    """
    name = _CYRILLIC.get(letter.lower().replace("ё", "е"), "")
    return [f"{name}\u0301"] if len(name) == 1 else name.split("-")


def acronym(word: str) -> list[str] | None:
    """Letters of a Cyrillic acronym that is spelt out; ``None`` for one that is read as a word.

    >>> acronym("МГТС"), acronym("НАТО")
    (['эм', 'гэ', 'тэ', 'эс'], None)
    """
    if not word.isupper() or not 2 <= len(word) <= 5:
        return None
    vowels = [letter in _CYRILLIC_VOWELS for letter in word]
    readable = any(vowels) and not (vowels[:2] == [False, False] or vowels[-2:] == [False, False])
    if word not in _SPELLED_OUT and readable:
        return None
    return [name for letter in word for name in letter_name(letter) if name]
