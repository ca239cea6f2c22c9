"""``python -m tests.jobs.worker_process SETTINGS``: a worker for speech, until SIGTERM."""

from __future__ import annotations

import json
import signal
import sys

import config
from app.worker.worker import Worker
from tests.jobs.stand_ins import WORKSHOP


def main() -> None:
    settings = config.load(**json.loads(sys.argv[1]))
    worker = Worker(settings, queues={"speech": 1}, workshop=WORKSHOP)
    signal.signal(signal.SIGTERM, lambda _number, _frame: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
