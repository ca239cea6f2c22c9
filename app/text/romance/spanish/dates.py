"""Days and hours in Spanish."""

from __future__ import annotations

from app.text.romance.language import Dates
from app.text.romance.spanish.numerals import cardinal
from app.text.tables import words


def _day(value: int) -> str:
    return cardinal(value)


def _time(hours: int, minutes: int, seconds: int | None) -> str:
    """A time of the day.

    >>> _time(9, 5, None), _time(1, 0, None), _time(14, 30, 15)
    ('nueve cero cinco', 'una en punto', 'catorce treinta y quince segundos')
    """
    spoken = cardinal(hours, "feminine")
    if minutes or seconds:
        spoken += f" {'cero ' if 0 < minutes < 10 else ''}{cardinal(minutes)}"
    else:
        spoken += " en punto"
    if seconds:
        unit = "segundo" if seconds == 1 else "segundos"
        spoken += f" y {cardinal(seconds, 'masculine')} {unit}"
    return spoken


DATES = Dates(
    months=words(
        """
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
        diciembre
        """
    ),
    short={
        short: number
        for number, each in enumerate(
            [
                "ene",
                "feb",
                "mar",
                "abr",
                "may",
                "jun",
                "jul",
                "ago|agto",
                "sep|sept|set",
                "oct",
                "nov",
                "dic",
            ],
            start=1,
        )
        for short in each.split("|")
    },
    day=_day,
    of="de",
    time=_time,
    before_time=frozenset(words("hora horas las")),
)
"""Dates in Spanish."""
