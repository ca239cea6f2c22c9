"""English words that the reader says wrongly: names of people and places, words with two sounds."""
