"""Words of an amount: a number, its fraction, and its unit or its money."""

from __future__ import annotations

from dataclasses import dataclass

from app.text.russian.numerals import Case, agreeing, cardinal, decimal
from app.text.russian.units import gender, unit, unit_after_fraction

_COINS = {
    **dict.fromkeys(("₽", "руб", "р"), "коп"),
    **dict.fromkeys(("$", "€", "USD", "EUR"), "цент цента центов"),
    "£": "пенс пенса пенсов",
}
_SIGNS = {"+": "плюс", "−": "минус", "-": "минус", "±": "плюс-минус", "≈": "примерно",
          "<": "меньше", ">": "больше", "~": "около",
          "≤": "не больше", "≥": "не меньше"}  # fmt: skip
_CENTS = 2
"""Digits of a fraction that are coins."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a unit there is."""

    whole: int
    fraction: str
    """Its digits; empty for a whole number."""
    measure: str
    """Sign of the unit."""
    case: Case


def words_of(amount: Amount) -> tuple[list[str], list[str]]:
    """Words of the number and of the unit; coins go with the latter.

    >>> words_of(Amount(99, "90", "₽", "nominative"))
    (['девяносто', 'девять'], ['рублей', 'девяносто', 'копеек'])
    """
    whole, measure, case = amount.whole, amount.measure, amount.case
    if amount.fraction and not (len(amount.fraction) == _CENTS and measure in _COINS):
        return decimal(whole, amount.fraction, case), unit_after_fraction(measure)
    number, named = cardinal(whole, case, gender(measure)), unit(measure, whole, case)
    coins = int(amount.fraction or "0")
    return number, [*named, *(_coins(coins, measure, case) if coins else [])]


def sign_before(sign: str) -> list[str]:
    """Words of the sign before a number; none where there is none."""
    return _SIGNS[sign].split() if sign else []


def _coins(count: int, measure: str, case: Case) -> list[str]:
    coin = _COINS[measure]
    if coin == "коп":
        return [*cardinal(count, case, "feminine"), *unit(coin, count, case)]
    one, few, many = coin.split()
    return [*cardinal(count), agreeing(count, one, few, many)]
