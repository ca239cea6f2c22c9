"""gunicorn's worker class: its arbiter watches the process, waitress' loop does the work."""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from types import FrameType
from typing import Any

from gunicorn.workers.base import Worker

import config
from app.web.server.bounds import Bounds, allow_files
from app.web.server.server import Server

log = logging.getLogger(__name__)

SWITCH_SECONDS = 0.0005
"""After which a thread that computes hands on Python's lock: the loop answers signs of life, and
may wait as long for each of the threads that plan long lectures at the moment."""

_RESERVE_SECONDS = 0.5
"""Of gunicorn's ``graceful_timeout``, to end before it kills."""


class FrontWorker(Worker):
    """Serves until SIGTERM, then answers what has begun; at SIGQUIT and SIGINT it ends at once."""

    _server: Server | None = None

    def run(self) -> None:
        """Serve; every turn of the loop is a sign of life to the arbiter."""
        from app import folders

        settings = config.load()
        bounds = Bounds.of(settings)
        borne = allow_files(bounds.connections)
        if borne < bounds.connections:
            log.warning("too few open files are allowed connections=%d", borne)
            bounds = replace(bounds, connections=borne)
        sys.setswitchinterval(SWITCH_SECONDS)
        spool_folder = folders.spool(settings)
        # What waitress keeps of long answers, and werkzeug of forms, goes there too.
        tempfile.tempdir = str(spool_folder)
        server = Server(
            self.wsgi,
            [listening.sock for listening in self.sockets],
            bounds,
            spool_folder=spool_folder,
            check=self._may_send,
        )
        self._server = server
        while self.alive:
            self.notify()
            server.turn()
        self._finish(server)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM: stop soon, even if nobody calls."""
        super().handle_exit(sig, frame)
        if self._server is not None:
            self._server.wake()

    def _may_send(self, environ: Mapping[str, Any]) -> None:
        """Return when a caller may send a large body."""
        from app.web.v1 import callers

        callers.check_may_send(self.wsgi.extensions["videolecture"], environ)

    def _finish(self, server: Server) -> None:
        self._server = None
        server.stop()
        deadline = time.monotonic() + self.cfg.graceful_timeout - _RESERVE_SECONDS
        while server.serves and time.monotonic() < deadline:
            self.notify()
            server.turn()
        server.close()
