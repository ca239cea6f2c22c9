"""Days and hours in Spanish."""

from __future__ import annotations

from app.text.romance.language import Dates
from app.text.romance.numerals import Gender
from app.text.romance.spanish.numerals import cardinal
from app.text.tables import words

_SHORT = {
    short: number
    for number, each in enumerate(
        ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago agto", "sep sept set", "oct", "nov",
         "dic"),
        start=1,
    )
    for short in each.split()
}  # fmt: skip


def _day(value: int) -> str:
    return cardinal(value)


def _time(hours: int, minutes: int, seconds: int | None) -> str:
    """A time of the day; with seconds, how long something lasts.

    >>> _time(9, 5, None), _time(1, 0, None), _time(2, 15, 1)
    ('nueve cero cinco', 'una', 'dos horas quince minutos un segundo')
    """
    if seconds is not None:
        parts = ((hours, "hora"), (minutes, "minuto"), (seconds, "segundo"))
        return " ".join(_counted(value, name) for value, name in parts)
    spoken = cardinal(hours, "feminine")
    return f"{spoken} {'cero ' if minutes < 10 else ''}{cardinal(minutes)}" if minutes else spoken


def _counted(value: int, name: str) -> str:
    form: Gender = "feminine" if name.endswith("a") else "masculine"
    return f"{cardinal(value, form)} {name if value == 1 else name + 's'}"


DATES = Dates(
    months=words(
        """
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
        diciembre
        """
    ),
    short=_SHORT,
    day=_day,
    of="de",
    time=_time,
    before_time=frozenset(words("hora horas las")),
)
"""Dates in Spanish."""
