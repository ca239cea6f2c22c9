"""Latin words and single letters, as they are said in Russian."""

from __future__ import annotations

import re
import unicodedata

from app.text.characters import unicode_words
from app.text.greek import ALPHABET
from app.text.pieces import humps
from app.text.tables import words

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
        f"{ALPHABET}ςϵϑϕ∆",
        words(
            """
            альфа бета гамма дельта эпсилон дзета эта тета йота каппа лямбда мю ню кси омикрон пи
            ро сигма тау ипсилон фи хи пси омега сигма эпсилон тета фи дельта
            """
        ),
        strict=True,
    )
)
_GREEK_SOUNDS = dict(
    zip(
        f"{ALPHABET}ς",
        words("а в г д е з и т и к л м н кс о п р с т и ф х пс о с"),
        strict=True,
    )
)
_ACCENTED = {
    "ö": "ё", "ő": "ё", "ø": "ё", "ü": "ю", "ű": "ю", "ä": "э", "æ": "э", "ß": "сс", "ñ": "нь",
    "š": "ш", "ś": "сь", "č": "ч", "ć": "ч", "ž": "ж", "ż": "ж", "ł": "л", "å": "о", "ç": "с",
    "é": "е", "è": "е", "ê": "е", "ë": "е", "ý": "и", "ř": "рж", "ð": "д", "þ": "т", "œ": "ё",
    "ı": "ы", "ğ": "г", "ş": "ш",
}  # fmt: skip

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
        example:экзампл readme:ридми main:мэйн docs:докс index:индекс test:тест get:гет
        set:сет element:элемент
        by:бай id:ай-ди py:пай www:три-дабл-ю latex:латех tex:тех
        euler:эйлер mail:мейл site:сайт blog:блог start:старт time:тайм
        life:лайф game:гейм team:тим up:ап
        nb:нота-бене covid:ковид ipv:ай-пи-ви 5g:пять-джи 4g:четыре-джи 3g:три-джи
        ph:пэ-аш b2b:би-ту-би b2c:би-ту-си p2p:пи-ту-пи
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
    if not word.isascii():
        word = "".join(map(_plain_letter, word))
        lower = word.lower()
    if len(word) == 1:
        return [_VARIABLES.get(lower, lower)]
    parts = humps(word)
    if len(parts) > 1 and len(word) > 4:
        return [spoken for part in parts for spoken in latin(part)]
    if not word.isascii():
        return [_in_cyrillic(lower)]
    if (word.isupper() and len(word) <= 5) or not re.search("[aeiouy]", lower):
        return [_LETTERS[letter] for letter in lower]
    if word[:-1].isupper() and word[-1] == "s":
        return [*latin(word[:-1]), "с"]
    return [_in_cyrillic(lower)]


def _plain_letter(letter: str) -> str:
    """A letter with diacritics as the Russian letter that sounds like it, or without them.

    >>> [_plain_letter(letter) for letter in "šéđȜ"]
    ['ш', 'е', 'd', 'Yogh']
    """
    if letter.lower() in _ACCENTED:
        return _ACCENTED[letter.lower()]
    plain = unicodedata.normalize("NFKD", letter)[0]
    if plain.isascii():
        return plain
    name = next(iter(unicode_words(letter)), plain)
    return name.capitalize() if letter.isupper() else name


def _in_cyrillic(word: str) -> str:
    spoken = _TRANSLITERATION.sub(lambda match: _SPOKEN[match.group()], _SILENT_E.sub("", word))
    return re.sub("^е", "э", spoken) if word[:1] == "e" else spoken


def is_known(word: str) -> bool:
    """Whether Latin letters are a word of the table."""
    return word.lower() in _WORDS


def greek(word: str) -> list[str]:
    """Names of Greek letters; a word of more than two in Russian letters.

    >>> greek("α"), greek("λόγος")
    (['альфа'], ['логос'])
    """
    bare = [unicodedata.normalize("NFD", letter)[0].lower() for letter in word]
    if len(word) < 3:
        return [_GREEK[letter] for letter in bare if letter in _GREEK]
    return ["".join(_GREEK_SOUNDS.get(letter, "") for letter in bare)]


def foreign(character: str) -> list[str]:
    """A letter or sign of no known alphabet, by its Unicode name: the last resort."""
    names = [spoken for word in unicode_words(character) for spoken in latin(word)]
    return names or (["иероглиф"] if character.isalpha() else [])


def letter_name(letter: str) -> list[str]:
    """Name of a Cyrillic letter, for initials; empty for ъ and ь.

    A lone vowel bears an accent mark, lest "а" be taken for the conjunction.
    """
    name = _CYRILLIC.get(letter.lower().replace("ё", "е"), "")
    if len(name) == 1:
        return [f"{name}\u0301"]
    return name.split("-") if name else []
