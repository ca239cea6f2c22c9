"""XTTS v2: the sample's own voice in 17 languages."""
