"""What is said for a text: numbers, dates, units, formulas, abbreviations and signs in words.

Engines, media and tools ask here and nowhere else, so that all of them say the same.
"""

from __future__ import annotations

from app.text import czech, hindi, japanese
from app.text.basics import german, polish, portuguese
from app.text.english.rules import in_words as in_english
from app.text.romance.rules import in_words as in_romance
from app.text.russian.rules import in_words as in_russian
from app.text.tokens import Verbalized, is_readable, tokenize

_BASICS = {"de": german.in_words, "pl": polish.in_words, "pt": portuguese.in_words}

READ_BY_RULES = frozenset({"de", "en", "es", "fr", "it", "pl", "pt", "ru"})
"""Languages with rules for numbers, dates and abbreviations; they look at the neighbours."""

WHOLE = frozenset({"en", "es", "fr", "it", "ru"})
"""Languages of which nothing but words is left: whoever reads them needs no rules of its own.

Of Czech, Hindi and Japanese, engines outside this repository read most figures and signs as well
or better themselves.
"""


def verbalize(text: str, language: str, *, british: bool = False) -> list[Verbalized]:
    """The pieces of a text between white space, each with the words that are said for it.

    English, French, Italian, Russian and Spanish become words; of German, Polish and Portuguese
    numbers, dates, units and abbreviations do; of Czech ordinals, Hindi and Japanese only the
    numbers; a piece of any other language is its own only word.  Numbers,
    dates and units take their form from their neighbours, but every piece keeps its own words.

    >>> [(piece.written, " ".join(piece.words)) for piece in verbalize("On 5 May, via HTTP", "en")]
    [('On', 'On'), ('5', 'the fifth of'), ('May,', 'May'), ('via', 'via'), ('HTTP', 'H T T P')]

    Args:
        text: A sentence, for neighbours beyond its end would count, too; without rules for the
            language any length.
        language: ISO 639-1 code.
        british: For English: "one hundred and five", "May the third" instead of "one hundred
            five", "May third".

    Returns:
        In order; :attr:`Verbalized.written` joined by spaces is the text with single spaces.
        In a sentence of a script that the rules do not know, nothing has words.
    """
    match language:
        case "en" | "ru":
            tokens = tokenize(text)
            if not is_readable(tokens):
                return [token.said([]) for token in tokens]
            return in_english(tokens, british=british) if language == "en" else in_russian(tokens)
        case "es" | "fr" | "it":
            return in_romance(text, language)
        case "de" | "pl" | "pt":
            return _BASICS[language](text)
        case "cs":
            return czech.in_words(text)
        case "hi":
            return hindi.in_words(text)
        case "ja":
            return japanese.in_words(text)
        case _:
            return [Verbalized(piece, (piece,)) for piece in text.split()]
