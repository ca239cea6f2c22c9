"""English text to Kokoro's symbols, word by word."""

from app.engines.speech.english.reading import load_reader, phonemize_english
from app.engines.speech.english.spelling import spell

__all__ = ["load_reader", "phonemize_english", "spell"]
