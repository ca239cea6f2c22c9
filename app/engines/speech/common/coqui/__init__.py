"""Voice cloning with coqui-tts (MPL-2.0): what its models have in common.

The package runs in the environment of ``make xtts``; nothing here imports torch before an
engine is loaded.
"""
