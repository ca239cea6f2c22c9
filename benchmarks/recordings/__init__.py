"""Recordings of all kinds, and what is made of them as voice samples."""
