"""A door for callers of the Duix-Avatar (HeyGem) service: its routes, its codes."""

from app.web.duix.tasks import blueprint

__all__ = ["blueprint"]
