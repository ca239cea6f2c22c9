"""What the service does, in Prometheus' text format; docs/operations.md has the table.

Labels are kinds, states, queues and operations: never a tenant, a name or a text.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from app import __version__
from app.bootstrap import Services
from app.errors import STORE_FAILURES
from app.jobs.report.surveying import Survey, survey
from app.jobs.store.job import JobState, StepState
from app.lecture.bounds import LETTERS_PER_SECOND
from app.steps import Queue
from app.steps.content import LECTURE
from app.web.probe import within
from app.web.request_counts import RequestCounts

if TYPE_CHECKING:
    from prometheus_client import Metric

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

PATIENCE_SECONDS = 5.0
"""What the database gets to answer; Prometheus itself waits ten."""

_ENDS = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def text(services: Services, requests: RequestCounts) -> bytes:
    """Everything; without what only the database tells, where it does not answer."""
    from prometheus_client import CollectorRegistry, generate_latest

    counted = requests.of_all_processes()
    registry = CollectorRegistry()
    registry.register(_Collected(_all(services)))
    return generate_latest(registry) + generate_latest(counted)


class _Collected:
    """Metrics that are there already, as prometheus_client wants them."""

    def __init__(self, found: Iterator[Metric]) -> None:
        self._found = list(found)

    def collect(self) -> list[Metric]:
        return self._found


def _all(services: Services) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    told = GaugeMetricFamily(
        "videolecture_build_info", "The version that runs.", labels=["version"]
    )
    told.add_metric([__version__], 1)
    yield told
    yield from _disk(services)
    try:
        seen = within(PATIENCE_SECONDS, lambda: survey(services.store.database))
    except (TimeoutError, *STORE_FAILURES):
        seen = None
    yield GaugeMetricFamily(
        "videolecture_database_up", "Whether the job database answers.", int(seen is not None)
    )
    if seen is not None:
        yield from _gauges(seen)
        yield from _totals(seen)


def _disk(services: Services) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    try:
        usage = shutil.disk_usage(services.settings.paths.data)
    except OSError:
        return
    yield GaugeMetricFamily("videolecture_disk_free_bytes", "Of the data folder.", usage.free)
    yield GaugeMetricFamily("videolecture_disk_size_bytes", "Of the data folder.", usage.total)


def _gauges(seen: Survey) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    jobs = {(LECTURE, state.value): 0 for state in JobState} | dict(seen.jobs)
    yield _family("videolecture_jobs", "Jobs by state.", ["kind", "state"], jobs.items())
    waiting = (StepState.READY, StepState.RUNNING)
    steps = {(queue.value, state.value): 0 for queue in Queue for state in waiting}
    yield _family(
        "videolecture_steps",
        "Steps that could or do run.",
        ["queue", "state"],
        (steps | dict(seen.steps)).items(),
    )
    yield GaugeMetricFamily(
        "videolecture_oldest_waiting_seconds",
        "Age of the oldest job of which nothing has been done.",
        seen.waiting_seconds,
    )
    yield GaugeMetricFamily(
        "videolecture_artifacts", "What is kept of finished steps.", seen.artifacts
    )
    yield GaugeMetricFamily("videolecture_workers", "Workers that live.", len(seen.workers))
    served = [
        ((queue.value,), sum(queue in worker.queues for worker in seen.workers)) for queue in Queue
    ]
    yield _family("videolecture_queue_workers", "Workers that serve a queue.", ["queue"], served)


def _totals(seen: Survey) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily

    ended = CounterMetricFamily(
        "videolecture_jobs_ended", "Jobs that have ended, ever.", labels=["kind", "state"]
    )
    counts = {(LECTURE, state.value): 0 for state in _ENDS}
    counts |= {(each.kind, each.state): each.jobs for each in seen.ended}
    for labels, count in sorted(counts.items()):
        ended.add_metric(list(labels), count)
    yield ended
    yield CounterMetricFamily(
        "videolecture_speech_seconds",
        "Speech that was synthesized for jobs that have ended, estimated by its letters.",
        sum(each.letters for each in seen.ended) / LETTERS_PER_SECOND,
    )


def _family(
    name: str, told: str, labels: list[str], values: Iterable[tuple[tuple[str, ...], float]]
) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    family = GaugeMetricFamily(name, told, labels=labels)
    for key, value in sorted(values):
        family.add_metric(list(key), value)
    return family
