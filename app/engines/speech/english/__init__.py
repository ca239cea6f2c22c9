"""English text to Kokoro's symbols, word by word, and to the words that are spoken."""

from app.engines.speech.english.reading import load_reader, phonemize_english
from app.engines.speech.english.spelling import spell
from app.engines.speech.english.spoken import spoken_words

__all__ = ["load_reader", "phonemize_english", "spell", "spoken_words"]
