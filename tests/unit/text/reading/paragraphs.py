"""Paragraphs like those of lectures, put together at random from what lectures hold."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import partial

from tests.unit.text.reading import romance
from tests.unit.text.reading.fillers import Filler, decimal, one_of

_PICTURES = ("🎉", "☺", "👍🏽", "✅", "🔬")


def paragraphs(language: str, count: int, seed: int) -> Iterator[str]:
    """Paragraphs of two to five sentences; the same for the same seed."""
    chance = random.Random(seed)
    templates, fillers = _BY_LANGUAGE[language]
    for _ in range(count):
        sentences = chance.sample(templates, chance.randint(2, 5))
        yield " ".join(
            _filled(sentence, {**_ANYWHERE, **fillers}, chance) for sentence in sentences
        )


def _filled(template: str, fillers: Mapping[str, Filler], chance: random.Random) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: fillers[match[1]](chance), template)


def _whole(chance: random.Random) -> str:
    return str(chance.randint(0, chance.choice([30, 999, 10**9])))


def _range(chance: random.Random) -> str:
    first = chance.randint(1, 90)
    return f"{first}{chance.choice('-–')}{first + chance.randint(1, 9)}"


def _year(chance: random.Random) -> str:
    return str(chance.randint(1000, 2099))


def _time(chance: random.Random) -> str:
    return f"{chance.randint(0, 23)}:{chance.randint(0, 59):02}"


def _roman(chance: random.Random) -> str:
    return chance.choice(
        [
            "I",
            "II",
            "III",
            "IV",
            "V",
            "VI",
            "VII",
            "VIII",
            "IX",
            "X",
            "XI",
            "XIV",
            "XIX",
            "XX",
            "XXI",
        ]
    )


_ANYWHERE: Mapping[str, Filler] = {
    "n": _whole,
    "range": _range,
    "year": _year,
    "time": _time,
    "roman": _roman,
    "formula": one_of(
        "x²", "O(n log n)", "10⁻³", "a ≤ b", "x_1", "f(x) = 2x + 1", "Δt", "√2", "∑ xᵢ", "±5",
        "n!", "E = mc²", "P(A|B)", "∂f/∂x", "H₂O", "α → β", "λ₁", "A ∪ B = ∅", "e^{-x}", "|x|",
        "∇·E = ρ/ε₀", "y' = y", "2ⁿ⁻¹", "θ ≈ 0", "∫ f dx", "ℝ", "x̂", "ψ(t)",
    ),
    "code": one_of(
        "snake_case", "camelCase", "C++", "C#", "main.py", "data_set.csv", "getElementById()",
        "x += 1", "numpy", "git push", "v2.1.0", "utf-8", "__init__", "a[i]", "--help", "$PATH",
        "https://example.org/a_b?c=1", "www.example.com", "ann.lee@mail.org", "/usr/bin",
        "10.0.0.1",
    ),
    "acronym": one_of("HTTP", "NASA", "USB", "GPT-4", "COVID-19", "TCP/IP", "MP3", "3D", "CPUs"),
    "picture": lambda chance: chance.choice(_PICTURES),
    "foreign": one_of("Gödel", "λόγος", "café", "Łódź", "naïve", "Ærø", "中文", "שלום", "ばか"),
}  # fmt: skip
_IN_ENGLISH: Mapping[str, Filler] = {
    "x": partial(decimal, point="."),
    "unit": one_of("km/h", "kg/m³", "GHz", "GB", "m²", "°C", "%", "mm", "kWh", "m/s²", "MB/s"),
    "money": one_of("$5", "$3.50", "€20", "£1,200", "¥500", "$2bn", "$5 million", "100 USD"),
    "date": one_of("5 January 1999", "May 7, 2020", "2021-03-04", "3rd of June", "12/25/2020"),
    "name": one_of("Dr. Smith", "J. R. R. Tolkien", "Henry VIII", "Prof. Lee", "Пушкин", "O'Neil"),
    "thing": one_of("students", "cells", "theorem", "waves", "rates", "model", "people"),
    "short": one_of("e.g.", "i.e.", "cf.", "vs.", "etc.", "approx.", "w/o", "Fig. 3", "pp. 5–7"),
}  # fmt: skip
_ENGLISH = (
    "In {year}, {name} counted {n} {thing}.",
    "The speed was {x} {unit}, or about {range} {unit} in all!",
    "Let {formula} be given; then {formula} follows ({short} {thing}).",
    "It cost {money} in {year}–{year}, said {name}: “{n} {thing}”…",
    "On {date} at {time} we ran {code} on {acronym} {picture}",
    "See chapter {roman}, pp. {range} [1].",
    "Is {foreign} — or {acronym} — a better word for {thing}?",
    "## Part {roman}: {thing} & {thing}",
    "1) {code} • {formula} – {short} {thing}",
    "The {n}th of {n} {thing} has {x}% more; No. {n} has {n}/{n}.",
    "{thing} (see {code}) grew {x}-fold, *not* {n} times.",
)
_IN_RUSSIAN: Mapping[str, Filler] = {
    "x": partial(decimal, point=","),
    "unit": one_of("км/ч", "кг/м³", "ГГц", "ГБ", "м²", "°C", "%", "мм", "кВт·ч", "м/с²", "Мбит/с"),
    "money": one_of("$5", "€20", "500 ₽", "10 тыс. руб.", "2 млн рублей", "1 200 руб.", "$5 млн"),
    "date": one_of("5 января 1999 г.", "05.01.2021", "12 мая", "2021-03-04", "5 янв. 2020 г."),
    "name": one_of("А. С. Пушкин", "проф. Иванов", "Пётр I", "Einstein", "акад. Павлов", "ООН"),
    "thing": one_of("студентов", "клетки", "теорема", "волны", "модель", "людей", "языка"),
    "short": one_of("т.е.", "и т. д.", "напр.,", "т. к.", "др.", "см. рис. 3", "с. 5–7", "ГОСТ"),
}  # fmt: skip
_RUSSIAN = (
    "В {year} году {name} насчитал {n} {thing}.",
    "Скорость была {x} {unit}, то есть около {range} {unit}!",
    "Пусть дано {formula}; тогда {formula} ({short} {thing}).",
    "Это стоило {money} в {year}–{year} гг., сказал {name}: «{n} {thing}»…",
    "{date} в {time} мы запустили {code} на {acronym} {picture}",
    "В {roman} веке, см. гл. {range} [1].",
    "Разве {foreign} — или {acronym} — лучше для {thing}?",
    "## Часть {roman}: {thing} и {thing}",
    "1) {code} • {formula} – {short} {thing}",
    "{n}-й из {n} {thing} на {x}% больше; № {n} имеет {n}/{n}.",
    "С {n} до {n} {thing} из {code}, а не {n} раз.",
    "ДНК-тест, IT-компания и XX-й том: {short} {thing}",
)
_BY_LANGUAGE: Mapping[str, tuple[tuple[str, ...], Mapping[str, Filler]]] = {
    "en": (_ENGLISH, _IN_ENGLISH),
    "ru": (_RUSSIAN, _IN_RUSSIAN),
    **{code: (romance.SENTENCES[code], romance.FILLERS[code]) for code in romance.SENTENCES},
}
