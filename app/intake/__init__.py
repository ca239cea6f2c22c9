"""Accept a lecture: check what the caller names, copy it, plan the steps, submit them.

The web service and the command line both come in here; the caller hears about every
fault before anything is written where results go.
"""

from app.intake.accept import LMS, SHELL, Accepted, accept
from app.intake.request import GenerateRequest

__all__ = ["LMS", "SHELL", "Accepted", "GenerateRequest", "accept"]
