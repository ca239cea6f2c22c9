"""Russian sounds in the symbols of Kokoro, which never heard Russian.

Most symbols are the IPA of the sound, as the languages that Kokoro did hear use
them.  What was tried is in ``docs/decisions/0005-russian-on-kokoro.md``: щ is heard best
as a long ш, stressed ы as ``ᵻ``, softness as ``j`` before a vowel and not at all elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.engines.speech.g2p.russian.pronounce import Phone

_STRESS = "ˈ"
_VOWELS = "aeiouɨɛɐəɪʊ"
_SYMBOLS = {"ʐ": "ʒ", "ts": "ʦ", "tɕ": "ʧ", "ʂ": "ʃ", "ʊ": "u", "ɕː": "ʃː"}
_STRESSED = {"ɨ": "ᵻ"}
_SOFT_BEFORE_VOWEL = {"n": "ɲ", "j": "j", "tɕ": "ʧ", "ɕː": "ʃː"}


def transcribe(phones: Sequence[Phone]) -> str:
    """Kokoro symbols of one word."""
    following = [*(phone.symbol for phone in phones[1:]), ""]
    return "".join(
        _symbol(phone, before_vowel=after != "" and after in _VOWELS)
        for phone, after in zip(phones, following, strict=False)
    )


def _symbol(phone: Phone, *, before_vowel: bool) -> str:
    # Doubled consonants are written short: a length mark did not help.
    sound = phone.symbol if phone.symbol in _SYMBOLS else phone.symbol.rstrip("ː")
    if phone.stressed:
        return _STRESS + _STRESSED.get(sound, sound)
    if phone.soft and before_vowel:
        return _SOFT_BEFORE_VOWEL.get(sound, _SYMBOLS.get(sound, sound) + "j")
    return _SYMBOLS.get(sound, sound)
