"""Accept a lecture: check what the caller gives, plan the steps, submit them.

A request becomes a draft, whose content is private and known by its hash, and a draft
becomes a submitted lecture::

    with draft_of(request, services) as draft:
        accepted = accept(draft, services, tenant=LMS)

The web service and the command line both come in here; the caller hears about every
fault before anything is written where results go.
"""

from app.intake.accept import Accepted, accept
from app.intake.lms import draft_of
from app.intake.request import GenerateRequest
from app.jobs.store.job import LMS, SHELL

__all__ = ["LMS", "SHELL", "Accepted", "GenerateRequest", "accept", "draft_of"]
