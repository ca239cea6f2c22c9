"""Steps of a job: which there are, what each is made from, and how each is done.

One module per kind: :mod:`app.steps.speak`, :mod:`app.steps.animate`, :mod:`app.steps.join`
and :mod:`app.steps.finish`.  :mod:`app.steps.kinds` lists them; nobody else names one.
Written against the ports: no engine, no database, no web.
"""

from app.steps.content import JobContent, Shape, content_of, lecture_of, shape_of
from app.steps.kinds import do, kind_named
from app.steps.manifest import MANIFEST, with_counters
from app.steps.plan import plan
from app.steps.recipe import Recipe, sha256_of
from app.steps.step import Kind, Queue, Step
from app.steps.workshop import Surroundings, Workshop

__all__ = [
    "MANIFEST",
    "JobContent",
    "Kind",
    "Queue",
    "Recipe",
    "Shape",
    "Step",
    "Surroundings",
    "Workshop",
    "content_of",
    "do",
    "kind_named",
    "lecture_of",
    "plan",
    "sha256_of",
    "shape_of",
    "with_counters",
]
