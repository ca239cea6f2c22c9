"""Prices, with the sign of the currency before or behind the amount."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.text.romance.context import article_agreement, clean, said, word_after, word_before
from app.text.romance.figures import PLAIN, is_one, parted, signed, spoken_number, value_of
from app.text.romance.language import Language
from app.text.romance.numerals import Form
from app.text.tokens import Token, Verbalized

_AMOUNT = re.compile(
    rf"(?P<sign>[+−±~≈<>≤≥-]?)(?P<first>{PLAIN})(?:[-–](?P<second>{PLAIN}))?(?P<scale>[A-Za-z]{{0,3}})"
)


_THOUSANDS = re.compile(r"(?<![\d.,])([1-9]\d{0,2}),(\d{3})(?![\d.,])")
"""Grouped as in America; no price has three decimals."""


def money(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """The price that begins at a token; empty when none does."""
    token = tokens[place]
    currencies = language.units.currencies
    if token.core in currencies and word_before(tokens, place) in language.numerals.large:
        return [said(token, language.numerals.of(currencies[token.core][1]))]
    article = article_agreement(tokens, place, language)
    if token.core in currencies and article and not article.plural:
        return [said(token, currencies[token.core][0])]
    if token.core in currencies and not token.closing:
        return _behind_its_sign(tokens, place, language)
    sign, amount = _cut(token.core, language)
    if sign:
        return _attached(tokens, place, sign, amount, language)
    match = _match(token.core)
    if match is None or match["scale"] in currencies or token.closing:
        return []
    following = word_after(tokens, place)
    scale, following = _scale(following, language)
    if match["scale"] and (scale or following in language.numerals.scales):
        return []
    if scale:
        match = _match(token.core + scale)
        assert match is not None  # at most three letters
    silent: list[Verbalized] = []
    if following in language.numerals.scales and word_after(tokens, place + 1) in currencies:
        match = _match(token.core + following)
        assert match is not None  # at most three letters
        silent = [said(tokens[place + 1], "")]
        following = word_after(tokens, place + 1)
    if following in currencies:
        spoken = _amount(match, following, language)
        if spoken is None:
            return []
        # The amount speaks for the sign, too: "3,50 €" has the cents last.
        words, name = spoken
        last = tokens[place + 1 + len(silent)]
        return [said(token, words), *silent, said(last, name)]
    return []


def _scale(word: str, language: Language) -> tuple[str, str]:
    """The letters for a scale before the sign of a currency, "M€", and the sign; else the word."""
    scale = word.rstrip("€$£¥")
    scaled = scale in language.numerals.scales and scale != word
    return (scale, word[len(scale) :]) if scaled else ("", word)


def _behind_its_sign(tokens: Sequence[Token], place: int, language: Language) -> list[Verbalized]:
    """A sign of a currency as a token of its own before the amount: "€ 5"."""
    token, amount = tokens[place], word_after(tokens, place)
    match = _match(amount)
    if match is None:
        return []
    scaled = _scaled(tokens, place + 1, token.core, match, language)
    if scaled:
        return [token.said([]), *scaled]
    spoken = _amount(match, token.core, language)
    return [token.said([]), said(tokens[place + 1], " ".join(spoken))] if spoken else []


def _cut(core: str, language: Language) -> tuple[str, str]:
    """A sign of a currency and the amount it stands on, before or behind; else two empty."""
    for sign in language.units.currencies:
        if sign in core:
            if core.startswith(sign):
                return sign, core.removeprefix(sign)
            if core.endswith(sign):
                return sign, core.removesuffix(sign)
            if core[:1] in "+−-~≈<>≤≥" and core[1:].startswith(sign):
                return sign, core[0] + core[1:].removeprefix(sign)
    return "", ""


def _attached(
    tokens: Sequence[Token], place: int, sign: str, amount: str, language: Language
) -> list[Verbalized]:
    match = _match(amount)
    if match is None:
        return []
    scaled = _scaled(tokens, place, sign, match, language)
    if scaled:
        return scaled
    spoken = _amount(match, sign, language)
    return [said(tokens[place], " ".join(spoken))] if spoken else []


def _scaled(
    tokens: Sequence[Token], place: int, sign: str, match: re.Match[str], language: Language
) -> list[Verbalized]:
    """An amount before "million", which the currency follows: "$5 millones"."""
    following = word_after(tokens, place)
    if following not in language.numerals.large or match["scale"]:
        return []
    name = language.numerals.of(language.units.currencies[sign][1])
    words = _numbers(match, language, "masculine", following)
    scale = language.abbreviations.plain.get(following, following)
    return [said(tokens[place], words), said(tokens[place + 1], f"{scale} {name}")]


def _amount(match: re.Match[str], sign: str, language: Language) -> tuple[str, str] | None:
    """What is said for the amount, and for the currency behind it."""
    numerals, units = language.numerals, language.units
    one, many = units.currencies[sign]
    gender = language.nouns.gender
    form = gender(one) or gender(clean(one)[0]) or "masculine"
    if match["scale"]:
        if match["scale"] not in numerals.scales:
            return None
        scale = numerals.scales[match["scale"]][not is_one(match["first"], language)]
        large = clean(scale)[-1] in numerals.large
        name = numerals.of(many) if large else many
        return f"{_numbers(match, language, 'masculine', scale)} {scale}", name
    whole, _, decimals = parted(match["first"])
    name = one if is_one(match["first"], language) and not match["second"] else many
    if len(decimals) == 2 and not match["second"]:
        name = one if is_one(whole, language) else many
        if decimals == "00":
            return signed(spoken_number(whole, language, form, name), match["sign"], language), name
        hundredths = numerals.cardinal(int(decimals))
        price = units.price(spoken_number(whole, language, form, name), name, hundredths)
        return signed(price, match["sign"], language), ""
    value = value_of(match["first"])
    if value and value % 10**6 == 0 and not match["second"]:
        name = numerals.of(name)
    return _numbers(match, language, form, name), name


def _numbers(match: re.Match[str], language: Language, form: Form, following: str) -> str:
    spoken = spoken_number(match["first"], language, form, following)
    if match["second"]:
        second = spoken_number(match["second"], language, form, following)
        spoken = language.numerals.ranged(spoken, second)
    return signed(spoken, match["sign"], language)


def _match(amount: str) -> re.Match[str] | None:
    """The parts of an amount, whose thousands a full stop or, as in America, a comma parts."""
    return _AMOUNT.fullmatch(_THOUSANDS.sub(r"\1.\2", amount))
