"""What the models are given for a text."""

from __future__ import annotations

import pytest

from app.engines.speech.common.coqui.text import written_out


@pytest.mark.parametrize(
    ("language", "text", "spoken"),
    [
        ("en", "It takes 10⁻³ s at 3×10⁸ m/s.",
         "it takes ten to the minus three seconds at three times ten to the eighth meters per "
         "second."),
        ("en", "Plan A: x² + y² = 5…", "plan a: x squared plus y squared equals five."),
        ("en", "Dr. Smith & “AI” — 95%", "doctor smith and a i, ninety five percent"),
        ("en", "A naïve café.", "a naïve café."),
        ("en", "1" * 5000, " ".join(["one"] * 5000)),
        ("ru", "10⁻³ с, x² и т. д.",
         "десять в минус третьей степени секунд, икс в квадрате и так далее"),
        ("ru", "Это за\u0301мок, 5 кг.", "это замок, пять килограммов"),
        ("es", "El 5 % de 200 páginas.", "el cinco por ciento de doscientas páginas"),
        ("fr", "Le 1er mai, n° 21…", "le premier mai, numéro vingt et un"),
        ("it", "L'80% (circa) delle 21 pagine.",
         "l'ottanta per cento (circa) delle ventuno pagine"),
        ("de", "Am 14. Mai, 3,5 km.", "am vierzehnten mai, drei komma fünf kilometer"),
        ("hi", "१२ और 12,34,567।", "बारह और बारह लाख चौंतीस हज़ार पाँच सौ सड़सठ।"),
        ("cs", "Áron, 23. května 2025.", "áron, dvacátý třetí května dva tisíce dvacet pět"),
        ("ja", "1,974年、3.14%です。", "千九百七十四年、三点一四パーセントです。"),
    ],
)  # fmt: skip
def test_a_text_is_written_out_as_it_is_spoken(language: str, text: str, spoken: str) -> None:
    assert written_out(text, language) == spoken


@pytest.mark.parametrize("language", ["en", "es", "fr", "it", "ru", "hi", "cs", "de"])
def test_nothing_is_left_of_a_text_without_a_word(language: str) -> None:
    assert written_out("— … *", language) == ""
