"""Where a Roman numeral stands in Italian, and how it is said there."""

from __future__ import annotations

from app.text.romance.italian.numerals import cardinal, ordinal
from app.text.romance.language import Romans
from app.text.romance.numerals import Agreement
from app.text.tables import words

_QUEENS = frozenset(
    words(
        """
        elisabetta caterina maria anna cristina giovanna isabella margherita matilde beatrice
        cleopatra berenice guglielmina giuliana vittoria
        """
    )
)
_KINGS = frozenset(
    words(
        """
        adriano alberto alessandro alfonso amedeo amenofi antioco antonio arrigo artaserse augusto
        baldovino benedetto bonifacio callisto carlo casimiro celestino clemente corrado cosimo
        costantino cristiano dario davide dionisio edoardo emanuele enrico ercole eugenio federico
        felice felipe ferdinando filiberto filippo francesco gaspare giacomo giovanni giorgio
        giulio giuseppe giustiniano goffredo gregorio guglielmo gustavo harald hussein innocenzo
        isacco ivan ladislao leone leopoldo lorenzo lotario luigi manuele maometto marcello
        martino massimiliano maurizio mehmed michele napoleone niccolò nicola ottone paolo pasquale
        pietro pio ramses ranieri riccardo roberto rodolfo romano ruggero selim serse sigismondo
        silvestro sisto solimano stefano teodosio teodoro tito tolomeo tutmosi ugo umberto urbano
        valentiniano venceslao vittorio
        """
    )
)
_CARDINAL = frozenset(
    words("apollo fase fasi tipo tipi caso casi livello livelli gruppo gruppi fig")
)
"""Nouns that are counted like figures: "fase due"."""
_FEMININE = frozenset(
    words(
        """
        appendice categoria classe edizione egloga elegia figura giornata legge lezione ode parte
        proposizione questione satira scena serie sez sezione tabella tav tavola unità
        """
    )
)
_MASCULINE = frozenset(
    words(
        """
        allegato art articoli articolo atti atto canti canto cap capitoli capitolo capp concilio
        epigramma fascicolo libri libro modulo par paragrafo quaderno t teorema titolo tomi tomo
        vol volume volumi voll
        """
    )
)


def _numeral(value: int, noun: str) -> str:
    """A numeral behind the noun it numbers, or before the words of a heading.

    >>> _numeral(2, "capitolo"), _numeral(2, "parte"), _numeral(2, "fase")
    ('secondo', 'seconda', 'due')
    """
    if not noun or noun in _CARDINAL:
        return cardinal(value)
    return ordinal(value, Agreement("feminine" if noun in _FEMININE else "masculine"))


def _ruler(value: int, name: str) -> str:
    return ordinal(value, Agreement("feminine" if name in _QUEENS else "masculine"))


ROMANS = Romans(
    numbered=_CARDINAL | _FEMININE | _MASCULINE,
    centuries=frozenset(words("secolo secoli sec secc")),
    rulers=_KINGS | _QUEENS,
    numeral=_numeral,
    century=ordinal,
    ruler=_ruler,
    endings=frozenset(words("º ª ° ^ ᵒ ᵃ")),
    words=frozenset(["I secoli", "I sec", "I capitoli"])
    | frozenset(words("DI LI CI MI VI MIX DIX CD DC CV CM MC DM CC")),
)
"""What is numbered in Roman numerals."""
