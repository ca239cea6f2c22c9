"""What a source image shows: its picture, and the one face on it."""

from app.portrait.face import Face, FaceFinder
from app.portrait.picture import read_picture

__all__ = ["Face", "FaceFinder", "read_picture"]
