"""The contract of the LMS that calls the service: its routes, its envelope, its sentences."""

from app.web.lms.generate import blueprint

__all__ = ["blueprint"]
