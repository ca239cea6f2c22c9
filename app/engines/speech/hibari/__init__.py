"""hibari-tts: English in one voice, fast."""
