"""What the API offers, said once: Flask serves it, and the OpenAPI document tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.keys import Scope
from app.web.v1.parameters import PARAMETERS, names_in

if TYPE_CHECKING:
    from config import Settings


class Model(BaseModel):
    """Of a body or an answer: nothing is taken that has no meaning.

    What is written below a field is its description in the document.  What checks and writes an
    instance is made when it is first needed, or by :mod:`app.web.warming`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""As :mod:`app.moments` tells it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What an operation answers."""

    body: BaseModel | None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """One of the answers of an operation, for the document."""

    what: str
    model: type[BaseModel] | None = None
    media_type: str = "application/json"
    """Of its bytes; empty for one without a body.  With a model, what it may be instead of JSON."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What each of its own headers says."""
    also: tuple[str, ...] = ()
    """Media types that its bytes may have instead."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file in a form."""

    what: str
    required: bool = False
    most: Callable[[Settings], int] = lambda settings: settings.server.max_upload_bytes
    """Bytes that it may have."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header field of a request."""

    what: str
    pattern: str
    """Regular expression of the whole value."""
    required: bool = False
    is_read_by_operation: bool = False
    """Whether the operation itself refuses what does not match, with a status of its own; else the
    answer is 422."""


@dataclass(frozen=True, slots=True)
class Body:
    """What an operation takes: JSON, a form with files, either of them, or bytes."""

    json: type[BaseModel] | None = None
    form: type[BaseModel] | None = None
    """The fields of the form that are no files."""
    files: Mapping[str, FilePart] = field(default_factory=dict)
    field_bytes: Callable[[Settings], int] = lambda _settings: 65_536
    """What each field of the form may have, all its values together."""
    repeated: frozenset[str] = frozenset()
    """Fields that may be given several times, by their names in the form; they are lists."""
    passes_over: bool = False
    """Whether parts of other names are passed over, and not refused."""
    stream: str | None = None
    """Media type of bytes that the operation reads from the request itself."""
    required: bool = True

    @property
    def has_form(self) -> bool:
        return self.form is not None or bool(self.files)


@dataclass(frozen=True, slots=True)
class Failures:
    """How failures are told to callers who expect another form than ours."""

    model: type[BaseModel]
    """Of the JSON."""
    told: Callable[[Response], Response]
    """Makes it of a problem."""


Serve = Callable[..., Reply | Response]
"""Takes the :class:`~app.web.v1.call.Call`, and by their names what the path names."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    """Below ``/v1``, with parameters in braces: ``/avatars/{avatar_id}``."""
    summary: str
    serve: Serve
    tag: str
    scope: Scope | None
    """What a key must allow; ``None``: none is needed, and none is looked at."""
    answers: Mapping[int, Told]
    problems: tuple[int, ...] = ()
    """Statuses that it may fail with, besides those of all."""
    query: type[BaseModel] | None = None
    body: Body | None = None
    headers: Mapping[str, Header] = field(default_factory=dict)
    """Header fields that it reads, besides those of all."""
    failures: Failures | None = None
    """``None``: they are problems."""
    repeatable: bool = False
    """Whether an ``Idempotency-Key`` counts."""
    local: bool = False
    """Whether callers on this machine need no key, although there are keys."""
    links: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """OpenAPI's: by what of its answer other operations go on."""

    @property
    def name(self) -> str:
        """Its ``operationId``."""
        return self.serve.__name__

    @property
    def about(self) -> str:
        """What there is to say besides the summary."""
        _, _, rest = (self.serve.__doc__ or "").strip().partition("\n")
        return " ".join(rest.split())

    @property
    def models(self) -> Iterator[type[BaseModel]]:
        """All that it takes and answers; some more than once."""
        body = self.body or Body()
        for model in (self.query, body.json, body.form):
            if model is not None:
                yield model
        for answer in self.answers.values():
            if answer.model is not None:
                yield answer.model
        if self.failures is not None:
            yield self.failures.model

    def __post_init__(self) -> None:
        unknown = set(names_in(self.path)) - PARAMETERS.keys()
        assert not unknown, f"{self.path}: {unknown} stand in no table"


def links_by(parameter: str, source: str, *names: str, **others: str) -> dict[str, dict[str, Any]]:
    """OpenAPI's links from an answer to operations that its thing can be named to.

    Args:
        parameter: Of their paths.
        source: Where the answer has its value, as a runtime expression.
        names: Of the operations.
        others: Further parameters of their paths, each with where its value is.
    """
    parameters = {parameter: source, **others}
    return {name: {"operationId": name, "parameters": parameters} for name in names}


class Resource:
    """The operations on one kind of thing."""

    def __init__(self, tag: str, what: str) -> None:
        """Has no operations yet.

        Args:
            tag: Under which the document lists them.
            what: The thing is.
        """
        self.tag = tag
        self.what = what
        self.operations: list[Operation] = []

    def operation(
        self,
        method: str,
        path: str,
        *,
        answers: Mapping[int, Told],
        scope: Scope | None = Scope.READ,
        **more: Any,  # of Operation
    ) -> Callable[[Serve], Serve]:
        """Serve a method of a path by the function below; its docstring is the document's text."""

        def declared(serve: Serve) -> Serve:
            summary, _, _ = (serve.__doc__ or "").strip().partition("\n")
            self.operations.append(
                Operation(
                    method=method,
                    path=path,
                    summary=summary.rstrip("."),
                    serve=serve,
                    tag=self.tag,
                    scope=scope,
                    answers=answers,
                    **more,
                )
            )
            return serve

        return declared

    def get(self, path: str, **more: Any) -> Callable[[Serve], Serve]:  # of operation()
        return self.operation("GET", path, **more)

    def post(self, path: str, **more: Any) -> Callable[[Serve], Serve]:  # of operation()
        return self.operation("POST", path, **more)

    def patch(self, path: str, **more: Any) -> Callable[[Serve], Serve]:  # of operation()
        return self.operation("PATCH", path, **more)

    def delete(self, path: str, **more: Any) -> Callable[[Serve], Serve]:  # of operation()
        return self.operation("DELETE", path, **more)
