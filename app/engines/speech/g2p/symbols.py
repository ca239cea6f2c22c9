"""The phoneme symbols that Kokoro was trained on."""

from __future__ import annotations

from app.engines.speech.common.symbols import SYMBOL_IDS

PUNCTUATION = '.,!?;:…—"'
"""Punctuation that shapes the prosody; everything else is left out."""

STRESS = "ˈ"

SYMBOLS = frozenset(SYMBOL_IDS)
"""Any other symbol would not be heard."""
