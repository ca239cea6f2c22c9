"""Look at a face picture and a voice sample before a lecture is accepted.

Decoding what a caller sends and finding a face need a model and may cost memory, so
they happen in a child process that stays warm for a while: the web process neither
loads a model nor opens a foreign file with a decoder.
"""

from app.examiner.client import Examiner

__all__ = ["Examiner"]
