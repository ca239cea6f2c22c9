"""How written text is said: tokens, sentences, and the words of numbers, signs and abbreviations.

No engine and no phoneme: an engine turns these words into sounds.
"""
