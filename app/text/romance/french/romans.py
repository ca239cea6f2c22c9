"""Where a Roman numeral stands in French, and how it is said there."""

from __future__ import annotations

from app.text.romance.french.numerals import cardinal, ordinal
from app.text.romance.language import Romans
from app.text.romance.numerals import Agreement
from app.text.tables import words

_QUEENS = frozenset(
    words(
        """
        élisabeth elisabeth catherine marie anne jeanne isabelle marguerite christine victoria
        béatrice mathilde cléopâtre bérénice wilhelmine juliana
        """
    )
)
_KINGS = words(
    """
    louis henri françois charles philippe napoléon jean-paul jean paul pie benoît clément grégoire
    innocent léon urbain boniface jules alexandre nicolas pierre guillaume georges george édouard
    edouard jacques richard robert hugues lothaire othon otton conrad frédéric ferdinand alphonse
    joseph léopold albert baudouin maximilien rodolphe sigismond ladislas casimir ivan gustave
    christian guillaume-frédéric ptolémée ramsès darius xerxès artaxerxès antiochos séleucos
    thoutmôsis amenhotep toutmosis constantin justinien théodose mehmed soliman sélim mourad
    mahmoud mohammed hassan abdallah victor-emmanuel humbert umberto charles-emmanuel sixte adrien
    célestin eugène martin pascal calixte félix étienne stéphane amédée philibert thibaut raymond
    rainier
    """
)


def _ruler(value: int, name: str) -> str:
    """A king or pope is the first, then two, three.

    >>> _ruler(1, "françois"), _ruler(1, "élisabeth"), _ruler(14, "louis")
    ('premier', 'première', 'quatorze')
    """
    if value > 1:
        return cardinal(value)
    return ordinal(1, Agreement("feminine" if name in _QUEENS else "masculine"))


ROMANS = Romans(
    numbered=frozenset(
        words(
            """
            chapitre chapitres chap ch tome tomes t livre livres liv an vol partie
            parties acte actes scène scènes section sections article articles art annexe annexes
            titre titres type types phase phases stade stades figure figures fig
            tableau tableaux grade grades chant chants leçon leçons
            guerre paris lyon apollo planche planches pl théorème lemme
            """
        )
    ),
    centuries=frozenset(words("siècle siècles s")),
    rulers=frozenset(_KINGS) | _QUEENS,
    numeral=lambda value, noun: cardinal(value),
    century=ordinal,
    ruler=_ruler,
    endings=frozenset(words("er re e ère ème eme ième ieme ᵉ ᵉʳ ʳᵉ")),
    words=frozenset(words("DI LI CI MI VI MIX DIX MIL CD DC CV CM Vers Les Des Mes Ces")),
)
