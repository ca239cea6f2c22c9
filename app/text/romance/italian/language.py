"""Italian, as the shared rules ask for it."""

from __future__ import annotations

from app.text.romance.italian.abbreviations import ABBREVIATIONS
from app.text.romance.italian.dates import DATES
from app.text.romance.italian.formulas import FORMULAS, MARKS
from app.text.romance.italian.letters import LETTERS
from app.text.romance.italian.nouns import NOUNS
from app.text.romance.italian.numerals import NUMERALS
from app.text.romance.italian.romans import ROMANS
from app.text.romance.italian.units import UNITS
from app.text.romance.language import Language

ITALIAN = Language(
    code="it",
    numerals=NUMERALS,
    nouns=NOUNS,
    units=UNITS,
    dates=DATES,
    romans=ROMANS,
    abbreviations=ABBREVIATIONS,
    letters=LETTERS,
    formulas=FORMULAS,
    marks=MARKS,
)
"""Italian."""
