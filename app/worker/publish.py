"""The end of a step that has its artifact: files appear, the store notes it, outdated files go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.jobs.files.artifacts import Artifacts
from app.jobs.files.parts import turn_of
from app.jobs.files.publishing import Output, Wanted, open_output
from app.jobs.store.job import Claim, Order
from app.jobs.store.store import Store
from app.steps import MANIFEST, kind_named, with_counters


def publish(store: Store, artifacts: Artifacts, claim: Claim, kept: Path, *, reused: bool) -> Order:
    """Put an artifact's files in their places and note the step as done.

    With the last step the files go that earlier generations of the job published
    into the same directory, as far as nobody has changed them.

    Returns:
        ``GO_ON`` when done; else nothing was published, and there is nothing left to do.

    Raises:
        DiskFull: No space is left there, or in the database.
        PathError: The place cannot be written to, or is another one by now.
    """
    if claim.output is None:
        order = store.finish(claim, artifacts.sums(kept), reused=reused)
    else:
        with open_output(claim.output, claim.output_identity) as output:
            order = _publish(store, artifacts, claim, kept, output, reused=reused)
    if order is Order.CANCEL:
        store.cancelled(claim)
    return order


def check_output(claim: Claim) -> None:
    """See that the results of a step can be published, before it is done.

    Raises:
        PathError: Their directory is gone or another one by now.
    """
    if claim.output is not None:
        with open_output(claim.output, claim.output_identity):
            return


def _publish(
    store: Store, artifacts: Artifacts, claim: Claim, kept: Path, output: Output, *, reused: bool
) -> Order:
    changed = _manifest(store, claim, kept, reused=reused) if _is_last(claim) else {}
    wanted = output.missing(artifacts.wanted(kept, claim.step.places, changed))
    if wanted:
        # Noted first, and the lease starts anew: keeping and copying a long lecture take long.
        order = store.publishing(claim, {file.target: file.sha256 for file in wanted})
        if order is not Order.GO_ON:
            return order
    return _let_appear(store, claim, wanted, artifacts.sums(kept), output, reused=reused)


def _let_appear(
    store: Store,
    claim: Claim,
    wanted: Sequence[Wanted],
    sums: dict[str, str],
    output: Output,
    *,
    reused: bool,
) -> Order:
    """Copy before the store's write lock is taken, rename and remove under it."""
    outdated = output.unchanged(store.outdated(claim)) if _is_last(claim) else []
    staged = output.stage(wanted, turn_of(claim.step_id, claim.fence))

    def appear() -> None:
        staged.publish()
        output.withdraw(outdated)

    try:
        order = store.finish(claim, sums, reused=reused, publish=appear)
    finally:
        staged.discard()
    if order is Order.GO_ON and _is_last(claim):
        store.forget_outdated(claim)
    return order


def _manifest(store: Store, claim: Claim, kept: Path, *, reused: bool) -> dict[str, bytes]:
    rendered, found = store.counters(claim, reused=reused)
    return {MANIFEST: with_counters((kept / MANIFEST).read_bytes(), rendered, found)}


def _is_last(claim: Claim) -> bool:
    return kind_named(claim.step.kind).is_last
