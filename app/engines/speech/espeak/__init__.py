"""espeak-ng: nearly every language, by a program of the system."""
