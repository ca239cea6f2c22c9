"""Look at a face picture, a voice sample and a text before a lecture is accepted.

Decoding what a caller sends and finding a face need a model and may cost memory, and a large
text costs time, so each look has a process of its own, forked from one that has loaded what
looks need: the web process neither loads a model nor opens a foreign file with a decoder, and is
never busy for long.
"""

from app.examiner.client import Examiner

__all__ = ["Examiner"]
