"""Roman numerals in Spanish: centuries, chapters, kings and popes."""

from __future__ import annotations

from app.text.romance.language import Romans
from app.text.romance.numerals import Agreement
from app.text.romance.spanish.numerals import cardinal, ordinal
from app.text.tables import words

_LARGEST_ORDINAL = 10
"""Of kings and centuries; beyond it the cardinal is said."""
_QUEENS = frozenset(words("isabel beatriz inés"))
_KINGS_IN_A = frozenset(words("fruela wamba witiza atila"))


def _century(value: int) -> str:
    return ordinal(value) if value <= _LARGEST_ORDINAL else cardinal(value)


def _ruler(value: int, name: str) -> str:
    if value > _LARGEST_ORDINAL:
        return cardinal(value)
    feminine = name in _QUEENS or (name.endswith("a") and name not in _KINGS_IN_A)
    return ordinal(value, Agreement("feminine" if feminine else "masculine"))


def _numeral(value: int, noun: str) -> str:
    del noun
    return cardinal(value)


ROMANS = Romans(
    numbered=frozenset(
        words(
            """
            capítulo capítulos tomo tomos volumen volúmenes libro libros parte partes acto actos
            escena título sección artículo fase tipo tabla figura anexo apéndice lección unidad
            tema grado clase grupo nivel etapa guerra cap caps vol art legión dinastía
            canto apartado módulo ley congreso teorema
            """
        )
    ),
    centuries=frozenset(words("siglo siglos s ss")),
    rulers=frozenset(
        words(
            """
            carlos felipe fernando alfonso isabel juan pío benedicto luis enrique jorge eduardo
            pedro pablo francisco jaime sancho ramiro ordoño fruela garcía napoleón guillermo
            federico nicolás alejandro catalina gregorio inocencio urbano clemente león sixto
            julio ricardo jacobo maría amadeo ptolomeo ramsés darío jerjes víctor manuel
            leopoldo cristián gustavo maximiliano rodolfo otón bonifacio calixto adriano
            teodosio constantino juana ramón berenguer alberto humberto
            """
        )
    ),
    numeral=_numeral,
    century=_century,
    ruler=_ruler,
    endings=frozenset(words("º ª")),
    words=frozenset(words("DI MI VI MIX CI CD DVD LI")),
)
"""Roman numerals in Spanish."""
