"""``python -m benchmarks.chaos.worker SETTINGS SLOTS``: a worker with stand-ins, until SIGTERM."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from pathlib import Path

import config
from app import bootstrap
from app.worker.worker import Worker
from benchmarks.chaos import clocks
from benchmarks.chaos.workshop import WORKSHOP


def main() -> None:
    """Both arguments are JSON: all settings, and the number of steps by queue."""
    if clock := os.environ.get(clocks.CLOCK):
        clocks.follow(Path(clock))
    settings = config.load(**json.loads(sys.argv[1]))
    logging.basicConfig(
        level=settings.logging.level,
        format="%(asctime)s %(levelname)s %(process)d %(name)s %(message)s",
    )
    worker = Worker(
        settings,
        queues=json.loads(sys.argv[2]),
        workshop=WORKSHOP,
        notifier=bootstrap.notifier(settings, bootstrap.store(settings)),
    )
    signal.signal(signal.SIGTERM, lambda _number, _frame: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
