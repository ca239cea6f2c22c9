"""What a voice sample holds: the recording, and the passage of it in which somebody speaks.

Whoever checks a sample and whoever follows its voice ask the same function, so a sample that
was accepted is not refused later, and all engines hear the same seconds of it.
"""

from app.voice.passage import Passage
from app.voice.sample import caution, find_passage, hear, read_passage, sound_of

__all__ = ["Passage", "caution", "find_passage", "hear", "read_passage", "sound_of"]
