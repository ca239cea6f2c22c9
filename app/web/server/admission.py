"""Whether somebody may send a large body at all: asked before any of it is read.

The answer may need the database, so a thread finds it while the loop does something else, and the
body waits in the kernel.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from app.errors import LectureError
from app.web.problem import headers_of, status_of
from app.web.server import refusals, request_log
from app.web.server.refusals import Refusal

if TYPE_CHECKING:
    from app.web.server.channel import Channel
    from app.web.server.parser import Parser

log = logging.getLogger(__name__)

Check = Callable[[Mapping[str, Any]], None]
"""Returns when the caller of a request may send a large body, and else raises a
:class:`~app.errors.LectureError`.  It is handed the fields of the request, and the address, as WSGI
names them."""


def admit_all(environ: Mapping[str, Any]) -> None:
    """Everybody may."""
    del environ


class Asking:
    """A question about the caller of one request.

    :class:`~app.web.server.places.Places` finds a thread for it.
    """

    def __init__(self, channel: Channel, request: Parser, check: Check) -> None:
        self.holder = channel.holder
        self.is_exempt = channel.is_exempt
        self.since = time.monotonic()
        self.is_decided = False
        """Set by the thread when the refusal is there, or is known to be none."""
        self.refusal: Refusal | None = None
        self._channel = channel
        self._request = request
        self._check = check
        self._environ = {
            "REMOTE_ADDR": channel.addr[0],
            **{f"HTTP_{name}": value for name, value in request.headers.items()},
        }

    def service(self) -> None:
        """Find the answer, and wake the loop."""
        if self._channel.connected and not self._request.completed:
            with request_log.during(self._request.id):
                self.refusal = self._decide()
        self.is_decided = True
        self._channel.server.pull_trigger()

    def fail(self) -> None:
        """Its thread could not go on."""
        self.refusal, self.is_decided = refusals.INTERNAL, True

    def _decide(self) -> Refusal | None:
        try:
            self._check(self._environ)
        except LectureError as error:
            headers = tuple(headers_of(error).items())
            return Refusal(HTTPStatus(status_of(error)), error.code, str(error), headers)
        except Exception:
            log.exception("asking about a caller failed")
            return refusals.INTERNAL
        return None
