"""Voice cloning with coqui-tts (MPL-2.0): XTTS v2 in 17 languages, YourTTS in three.

The package runs in the environment of ``make xtts``; nothing here imports torch before an
engine is loaded.
"""
