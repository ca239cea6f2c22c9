"""A lecture's state as JSON."""

from __future__ import annotations

from typing import Any

from app.jobs.store.job import Event, Report, SlideStates


def as_result(report: Report, *, with_events: bool) -> dict[str, Any]:
    """``result`` of ``GET /generate/status``; pages are told where there are several."""
    job = report.job
    result: dict[str, Any] = {
        "id": job.id,
        "state": job.state.value,
        "progress": round(job.progress, 4),
        "eta_seconds": _seconds(report.eta_seconds),
        "stage": job.stage.kind if job.stage else None,
        "number": job.stage.number if job.stage else None,
        "steps_done": job.steps_done,
        "steps_total": job.steps_total,
        "steps_reused": job.reused,
        "mapping": report.mapping,
        "language": report.language,
        "slides": [_slide(slide) for slide in report.slides],
        "error": _failure(report),
        "last_event": report.last_event,
    }
    if report.pages > 1:
        result["page"], result["pages"] = report.page, report.pages
    if with_events:
        result["events"] = [_event(event) for event in report.events]
    return result


def _failure(report: Report) -> dict[str, str | None] | None:
    job = report.job
    if job.error_code is None:
        return None
    return {"code": job.error_code, "message": job.error_message, "step": report.error_step}


def _slide(slide: SlideStates) -> dict[str, Any]:
    return {
        "number": slide.number,
        "state": slide.state.value,
        "fragments": [
            {"number": each.number, **{kind: state.value for kind, state in each.steps.items()}}
            for each in slide.fragments
        ],
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": round(event.at, 3),
        "state": event.state,
        "stage": event.stage,
        "slide": event.slide,
        "fragment": event.fragment,
        "percent": round(100 * event.progress, 1),
        "eta_seconds": _seconds(event.eta_seconds),
    }


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
