"""Kokoro-82M: the default speech engine."""
