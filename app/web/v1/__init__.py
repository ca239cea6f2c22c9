"""The API for programs on other machines: resources below ``/v1``."""

from app.web.v1.api import blueprint

__all__ = ["blueprint"]
