"""Studio: the page for people, a client of ``/v1`` and of nothing else."""

from app.web.studio.pages import blueprint

__all__ = ["blueprint"]
