"""What a thread does with one request: have it answered, and tell it in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from waitress.channel import ClientDisconnected
from waitress.task import ErrorTask, Task, WSGITask

from app.web.request import ARRIVED, DETACH, SEND
from app.web.server import refusals, request_log
from app.web.server.refusals import Refusal
from app.web.server.streams import Stream

log = logging.getLogger(__name__)


class _Told(Task):
    """A task whose answer carries the request's id, and whose request is logged once."""

    goes_on = False
    """Whether the answer is not complete when the thread is."""

    def service(self) -> None:
        """Answer; whatever fails is told, and ends the connection."""
        with request_log.during(self.request.id):
            gone = False
            try:
                super().service()
            except ClientDisconnected:
                gone = self.close_on_finish = True
            except Exception:
                log.exception("answering failed")
                self._fail()
            finally:
                self.channel.note_answered()
                if not self.goes_on:
                    self._tell(gone)

    def say(self, refusal: Refusal) -> None:
        """Answer with that, and close."""
        self.status = refusal.status_line
        self.response_headers, body = refusal.told_to(self.request)
        self.content_length = len(body)
        self.complete = True
        self.set_close_on_finish()
        self.write(b"" if self.request.command == "HEAD" else body)

    def build_response_header(self) -> bytes:
        """The head of the answer, with the id; the last one of a process that stops says so."""
        if self.channel.server.door.stopping:
            self.request.headers["CONNECTION"] = "close"
        self.response_headers.append(("X-Request-Id", self.request.id))
        head: bytes = super().build_response_header()
        return head

    def finish(self) -> None:
        """The answer is complete."""
        if not self.wrote_header:
            self.write(b"")
        if self.request.command == "HEAD":
            self.chunked_response = False  # the end of the chunks would be a body
        super().finish()
        self.channel.send_answer()

    def _fail(self) -> None:
        if self.wrote_header:
            self.close_on_finish = True
            return
        try:
            self.say(refusals.INTERNAL)
            self.finish()
        except ClientDisconnected:
            self.close_on_finish = True

    def _tell(self, gone: bool) -> None:
        request_log.tell(
            self.request.command,
            self.request.request_uri,
            status="-" if gone else self.status.partition(" ")[0],
            milliseconds=(time.monotonic() - self.request.arrived) * 1000,
            sent=self.content_bytes_written,
            peer=self.channel.addr[0],
            route=self.request.route,
        )


class Answering(_Told, WSGITask):
    """The application answers."""

    _stream: Stream | None = None
    _begin: Callable[[Stream], object] | None = None

    def get_environment(self) -> dict[str, Any]:
        """What the application is told of the request."""
        environ: dict[str, Any] = super().get_environment()
        environ["SERVER_SOFTWARE"] = "videolecture"
        environ[ARRIVED] = self.request.arrived
        environ[DETACH] = self.detach
        environ[SEND] = self.channel.send_answer
        return environ

    def service(self) -> None:
        """Answer, or begin an answer that goes on."""
        try:
            super().service()
        finally:
            if self._stream is not None and not self.goes_on:
                self._stream.ended()

    def detach(self, begin: Callable[[Stream], object]) -> Iterable[bytes]:
        """A body that is sent by whoever is handed the stream, from any thread, at any time.

        Args:
            begin: Called when the head is sent; never, where the body is not wanted.

        Raises:
            Busy: There are too many streams.
        """
        channel = self.channel
        left = channel.server.door.streams.take(channel.holder, is_exempt=channel.is_exempt)
        self._stream = Stream(channel, left)

        def body() -> Iterator[bytes]:
            self._begin = begin  # asked for: so this is the answer, and no error in its place
            yield b""

        return body()

    def finish(self) -> None:
        """The answer is complete, or goes on."""
        if self._begin is None or self._stream is None:
            super().finish()
            return
        self.write(b"")
        self.goes_on, self.close_on_finish = True, False
        self._stream.begin(chunked=self.chunked_response, tell=self._tell_stream)
        self.channel.send_answer()
        self._begin(self._stream)

    def _tell_stream(self, sent: int) -> None:
        self.content_bytes_written = sent
        with request_log.during(self.request.id):
            self._tell(gone=False)


class Refusing(_Told, ErrorTask):
    """The server itself answers."""

    def execute(self) -> None:
        """Say why."""
        self.say(self.request.error)
