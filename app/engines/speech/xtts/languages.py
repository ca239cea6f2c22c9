"""What XTTS speaks."""

from __future__ import annotations

from collections.abc import Mapping

from app.engines.speech.common.coqui.languages import Spoken

LANGUAGES: Mapping[str, Spoken] = {
    "ar": Spoken("ar", 166, 11.0),
    "cs": Spoken("cs", 186, 13.0),
    "de": Spoken("de", 253, 14.5),
    "en": Spoken("en", 250, 15.0),
    "es": Spoken("es", 239, 15.5),
    "fr": Spoken("fr", 273, 15.5),
    "hi": Spoken("hi", 150, 12.5),
    "hu": Spoken("hu", 224, 13.0),
    "it": Spoken("it", 213, 15.0),
    "ja": Spoken(
        "ja",
        71,
        7.0,
        (("cutlet", "cutlet"), ("fugashi", "fugashi"), ("unidic_lite", "unidic-lite")),
    ),
    "ko": Spoken("ko", 95, 6.5),
    "nl": Spoken("nl", 251, 14.5),
    "pl": Spoken("pl", 224, 13.5),
    "pt": Spoken("pt", 203, 14.5),
    "ru": Spoken("ru", 182, 13.5),
    "tr": Spoken("tr", 226, 14.0),
    "zh": Spoken("zh-cn", 82, 4.5, (("pypinyin", "pypinyin"),)),
}
"""By ISO 639-1 code.

Beyond the limits the model leaves words out and only logs a warning; source:
``VoiceBpeTokenizer.char_limits`` of coqui-tts 0.28.0.
"""
