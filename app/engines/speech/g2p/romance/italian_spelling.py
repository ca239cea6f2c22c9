"""Sounds of Italian by its spelling, which is regular but for e, o, s and z."""

from __future__ import annotations

import re

from app.text.tables import words

_RULES = tuple(
    (re.compile(pattern), sounds)
    for pattern, sounds in (
        ("sc(?=[eièéì])", "ʃ"), ("sch", "sk"), ("cch", "kk"), ("ggh", "ɡɡ"), ("ch", "k"),
        ("gh", "ɡ"), ("^gl(?=ic)|(?<=ne)gl(?=ig)|(?<=n)gl|(?<=ero)gl", "ɡl"),
        ("gli(?=[aeouàèéòù])", "ʎ"), ("gl(?=[iì])", "ʎ"), ("gn", "ɲ"), ("cqu|qqu", "kkw"),
        ("qu", "kw"), ("cc(?=[eièéì])", "ʧʧ"), ("gg(?=[eièéì])", "ʤʤ"), ("c(?=[eièéì])", "ʧ"),
        ("g(?=[eièéì])", "ʤ"), ("c", "k"), ("g", "ɡ"), ("zz", "ʦʦ"), ("z", "ʦ"),
        ("(?<=[aeiouàèéìòù])s(?=[aeiouàèéìòù])", "z"), ("s(?=[bdɡlmnrv])", "z"), ("h", ""),
        ("(?<=[ʧʤʃ])i(?=[aeouàèéòù])", ""), ("n(?=[kɡ])", "ŋ"), ("i(?=[aeouàèéòù])", "j"),
        ("u(?=[aeiàèéìò])", "w"), ("[àá]", "a"), ("è", "ɛ"), ("é", "e"), ("[ìí]", "i"),
        ("ò", "ɔ"), ("ó", "o"), ("[ùú]", "u"),
    )
)  # fmt: skip
"""In the order in which they are applied."""
_REGULAR = re.compile(
    r"(?!.*(?:sh|th|ph|ou))[abcdefghilmnopqrstuvzàáèéìíòóùú]*"
    r"(?:[aeiouàáèéìíòóùú]|or|ier|gner|uon|un)"
)
_FOREIGN = frozenset(
    words(
        """
        live file free game little service performance garage stage source mouse please elite
        champagne cambridge age range challenge edge seattle lance place puzzle change village
        vintage bridge freelance image language melbourne hardcore louise slide deutsche audience
        mascotte goethe release ace badge cache reggae christine christina charlotte charlie
        pierre rousseau barbecue routine detective drive chance zombie he nietzsche lou claire
        pile hello the there she house future online
        """
    )
)
"""Written as Italian words could be, but said otherwise."""
_ALIKE = str.maketrans("ɛɔzʣŋjwʒ", "eosʦniuʤ")


def by_spelling(word: str) -> str:
    """Sounds of a lower-case word in the letters of its spelling, e and o closed.

    >>> by_spelling("ingegnere"), by_spelling("chiocciola"), by_spelling("figlio")
    ('inʤeɲere', 'kjoʧʧola', 'fiʎo')
    """
    for pattern, sounds in _RULES:
        word = pattern.sub(sounds, word)
    return word


def contradicts(sounds: str, word: str) -> bool:
    """Whether sounds cannot be those of an Italian word, whatever its spelling leaves open.

    >>> contradicts("verrsa", "verrà"), contradicts("vɛrʣa", "verza"), contradicts("fail", "file")
    (True, False, False)
    """
    if word in _FOREIGN or not _REGULAR.fullmatch(word):
        return False
    return _skeleton(sounds) != _skeleton(by_spelling(word))


def _skeleton(sounds: str) -> str:
    """Sounds without the differences between open and closed, voiced and voiceless, short, long."""
    alike = re.sub("(?<=[ʧʤʃ])i(?=[aeou])", "", sounds.translate(_ALIKE))
    return re.sub(r"(.)\1+", r"\1", alike)
