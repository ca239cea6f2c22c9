"""A door for callers of the CosyVoice and EchoMimic service: its routes, statuses and errors."""

from app.web.interviewer.tasks import blueprint

__all__ = ["blueprint"]
