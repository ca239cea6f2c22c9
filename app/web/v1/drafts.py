"""Drafts of lectures: what somebody has typed and not asked for yet."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from app import ids, moments
from app.access.keys import Scope
from app.requests.drafts import LONGEST, PREFIX, Draft
from app.web.v1 import etags
from app.web.v1.call import Call
from app.web.v1.lecture_bodies import Title
from app.web.v1.operation import Body, Model, Moment, Reply, Resource, Told, links_by

resource = Resource("drafts", "What somebody has typed and not asked for yet")


class DraftBody(Model):
    """A draft, as whoever writes it keeps it."""

    title: Title = ""
    content: Annotated[str, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
    """The writer's own: nothing here reads it."""


class ListedDraft(Model):
    """A draft, without what is in it."""

    id: str
    title: str
    created_at: Moment
    changed_at: Moment


class ShownDraft(ListedDraft):
    """A draft."""

    content: str


class ListedDrafts(Model):
    """The drafts of the tenant."""

    items: list[ListedDraft]


_ETAG = {"ETag": "Its version."}
_LINKS = links_by("draft_id", "$response.body#/id", "get_draft", "change_draft", "delete_draft")


@resource.post(
    "/drafts",
    scope=Scope.RENDER,
    body=Body(json=DraftBody),
    answers={
        201: Told("The draft is kept", ListedDraft, headers={**_ETAG, "Location": "Where it is."})
    },
    repeatable=True,
    links=_LINKS,
)
def create_draft(call: Call) -> Reply:
    """Keep a draft.

    Others of the same tenant see it as well. It stays until it is removed.
    """
    body: DraftBody = call.body
    made = call.services.drafts.create(call.tenant, call.number, body.title, body.content)
    told = ListedDraft(**_head(made))
    location = call.link(f"/drafts/{told.id}")
    return etags.reply(made.version, told, 201, Location=location)


@resource.get("/drafts", answers={200: Told("The drafts, the latest change first", ListedDrafts)})
def list_drafts(call: Call) -> Reply:
    """List the drafts."""
    items = [ListedDraft(**_head(each)) for each in call.services.drafts.of(call.tenant)]
    return Reply(ListedDrafts(items=items))


@resource.get(
    "/drafts/{draft_id}",
    answers={
        200: Told("The draft", ShownDraft, headers=_ETAG),
        304: Told("The caller has it", media_type=""),
    },
    headers=etags.IF_NONE_MATCH,
)
def get_draft(call: Call, draft_id: int) -> Reply:
    """Fetch a draft."""
    found = call.services.drafts.find(call.tenant, draft_id)
    return etags.reply(found.version, _shown(found))


@resource.patch(
    "/drafts/{draft_id}",
    scope=Scope.RENDER,
    body=Body(json=DraftBody),
    answers={200: Told("It is kept", ListedDraft, headers=_ETAG)},
    headers=etags.IF_MATCH,
    problems=(412,),
)
def change_draft(call: Call, draft_id: int) -> Reply:
    """Write a draft anew, all of it."""
    body: DraftBody = call.body
    drafts = call.services.drafts
    version = etags.wanted_version(drafts.version(call.tenant, draft_id))
    changed = drafts.change(call.tenant, draft_id, version, body.title, body.content)
    return etags.reply(changed.version, ListedDraft(**_head(changed)))


@resource.delete(
    "/drafts/{draft_id}", scope=Scope.RENDER, answers={204: Told("It is gone", media_type="")}
)
def delete_draft(call: Call, draft_id: int) -> Reply:
    """Forget a draft."""
    call.services.drafts.remove(call.tenant, draft_id)
    return Reply(None, 204)


def _shown(draft: Draft) -> ShownDraft:
    return ShownDraft(**_head(draft), content=draft.content)


def _head(draft: Draft) -> dict[str, str]:
    return {
        "id": ids.told(PREFIX, draft.id),
        "title": draft.title,
        "created_at": moments.told(draft.created),
        "changed_at": moments.told(draft.changed),
    }
