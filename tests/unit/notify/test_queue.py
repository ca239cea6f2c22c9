"""Deliveries wait, are taken, tried again and given up."""

from __future__ import annotations

import pytest

from app.errors import Conflict, InputError, NotFound
from app.notify import queue, sweeping
from app.notify.deliveries import Delivery, State
from app.notify.turns import PER_HOST, PER_TENANT, Waiting, choose
from app.notify.webhooks import Change
from tests.unit.notify.conftest import ACME, LEASE, Place

LMS = "https://lms.example/hook"


def _webhook(place: Place, url: str = LMS, tenant: str = ACME) -> int:
    return place.webhooks.create(tenant, url)[0].id


def _only(place: Place, webhook_id: int) -> Delivery:
    (found,) = place.webhooks.deliveries.of(ACME, webhook_id, limit=10)
    return found


def test_a_message_is_taken_by_one_worker_only(place: Place) -> None:
    place.webhooks.test(ACME, _webhook(place))
    assert len(place.claim(owner="one")) == 1
    assert place.claim(owner="other") == []


def test_what_a_worker_does_not_tell_the_end_of_is_another_ones(place: Place) -> None:
    place.webhooks.test(ACME, _webhook(place))
    (lost,) = place.claim(owner="one")
    place.now += LEASE
    (again,) = place.claim(owner="other")
    assert again.id == lost.id


def test_what_a_dead_worker_had_is_free_at_once(place: Place) -> None:
    place.webhooks.test(ACME, _webhook(place))
    place.claim(owner="dead")
    with place.database.write() as connection:
        assert queue.release(connection, "dead") == 1
    assert len(place.claim(owner="other")) == 1


def test_a_lease_from_before_a_restart_of_the_machine_is_over(place: Place) -> None:
    place.webhooks.test(ACME, _webhook(place))
    place.claim(owner="one")
    place.now -= 1000
    assert len(place.claim(owner="other")) == 1


def test_a_message_that_arrived_is_not_sent_again(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    place.delivered(place.claim()[0])
    place.now += 1e6
    assert place.claim() == []
    found = _only(place, webhook)
    assert (found.state, found.tries, found.log[0].status) == (State.DELIVERED, 1, 204)


def test_a_message_that_failed_waits_for_its_pause(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    place.failed(place.claim()[0], pause=30.0)
    assert _only(place, webhook).next_try == place.now + 30
    place.now += 29
    assert place.claim() == []
    place.now += 1
    assert [due.tries for due in place.claim()] == [1]


def test_a_message_without_a_further_try_is_given_up(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    place.failed(place.claim()[0], pause=None)
    found = _only(place, webhook)
    assert (found.state, found.next_try, found.last_error) == (State.FAILED, None, "bad_status")


def test_a_failure_that_is_told_late_does_not_count(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    (late,) = place.claim(owner="one")
    place.now += LEASE
    (again,) = place.claim(owner="other")
    place.delivered(again)
    place.failed(late, pause=None)
    assert _only(place, webhook).state is State.DELIVERED


def test_an_arrival_that_is_told_late_counts(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    (late,) = place.claim(owner="one")
    place.now += LEASE
    (again,) = place.claim(owner="other")
    place.delivered(late)
    place.failed(again, pause=5.0)
    assert _only(place, webhook).state is State.DELIVERED


def test_the_log_of_tries_is_bounded(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    for _ in range(queue.LOG_LENGTH + 5):
        place.failed(place.claim()[0], pause=0.0)
    found = _only(place, webhook)
    assert (found.tries, len(found.log)) == (queue.LOG_LENGTH + 5, queue.LOG_LENGTH)


def test_twenty_deliveries_in_a_row_that_are_given_up_disable_a_webhook(place: Place) -> None:
    webhook = _webhook(place)
    for _ in range(queue.GIVEN_UP_IN_A_ROW):
        assert place.webhooks.find(ACME, webhook).disabled is None
        place.webhooks.test(ACME, webhook)
        place.failed(place.claim()[0], pause=None)
    reason = place.webhooks.find(ACME, webhook).disabled_reason
    assert reason == "20 deliveries in a row were given up"
    with pytest.raises(Conflict, match="disabled"):
        place.webhooks.test(ACME, webhook)


def test_one_that_arrives_begins_the_count_anew(place: Place) -> None:
    webhook = _webhook(place)
    for number in range(2 * queue.GIVEN_UP_IN_A_ROW - 1):
        place.webhooks.test(ACME, webhook)
        (due,) = place.claim()
        if number == queue.GIVEN_UP_IN_A_ROW - 1:
            place.delivered(due)
        else:
            place.failed(due, pause=None)
    assert place.webhooks.find(ACME, webhook).disabled is None


def test_what_waits_for_a_webhook_that_is_disabled_has_failed(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    changed = place.webhooks.change(ACME, webhook, Change(enabled=False))
    assert changed.disabled_reason == "the tenant disabled it"
    assert _only(place, webhook).last_error == "webhook_disabled"
    assert place.claim() == []


def test_an_enabled_webhook_is_sent_what_had_failed_when_asked(place: Place) -> None:
    webhook = _webhook(place)
    number = place.webhooks.test(ACME, webhook).id
    place.webhooks.change(ACME, webhook, Change(enabled=False))
    with pytest.raises(Conflict):
        place.webhooks.deliveries.retry(ACME, webhook, number)
    place.webhooks.change(ACME, webhook, Change(enabled=True))
    place.webhooks.deliveries.retry(ACME, webhook, number)
    assert [due.id for due in place.claim()] == [number]


def test_a_message_on_its_way_is_not_sent_once_more(place: Place) -> None:
    webhook = _webhook(place)
    number = place.webhooks.test(ACME, webhook).id
    place.claim()
    with pytest.raises(Conflict, match="at the moment"):
        place.webhooks.deliveries.retry(ACME, webhook, number)


def test_what_waits_goes_to_the_new_address(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    place.webhooks.change(ACME, webhook, Change(url="https://other.example/"))
    assert [due.url for due in place.claim()] == ["https://other.example/"]


def test_a_secret_that_is_replaced_signs_as_well_for_a_day(place: Place) -> None:
    webhook, former = place.webhooks.create(ACME, LMS)
    new = "whsec_" + "B" * 32
    place.webhooks.change(ACME, webhook.id, Change(secret=new))
    place.webhooks.test(ACME, webhook.id)
    assert place.claim()[0].secrets == (new, former)
    place.now += 86_401
    assert place.claim()[0].secrets == (new,)


def test_a_host_has_few_messages_on_their_way_and_others_are_not_held_up(place: Place) -> None:
    slow = _webhook(place)
    for _ in range(10):
        place.webhooks.test(ACME, slow)
    place.now += 1
    quick = _webhook(place, "https://other.example/", "other")
    place.webhooks.test("other", quick)
    taken = [due.webhook_id or 0 for due in place.claim()]
    assert sorted(taken) == sorted([slow] * PER_HOST + [quick])
    assert place.claim(owner="other") == []


def test_a_tenant_leaves_places_for_others() -> None:
    greedy = [Waiting(number, "greedy", f"{number}.example") for number in range(50)]
    modest = Waiting(99, "modest", "modest.example")
    chosen = choose([*greedy, modest], running=[], places=16)
    assert len(chosen) == PER_TENANT + 1
    assert 99 in chosen


def test_what_is_on_its_way_takes_places_too() -> None:
    running = [("acme", "lms.example")] * PER_HOST
    assert choose([Waiting(1, "acme", "lms.example")], running, places=16) == []


def test_a_tenant_sees_its_own_only(place: Place) -> None:
    webhook = _webhook(place)
    number = place.webhooks.test(ACME, webhook).id
    for call in (
        lambda: place.webhooks.find("other", webhook),
        lambda: place.webhooks.change("other", webhook, Change(description="x")),
        lambda: place.webhooks.remove("other", webhook),
        lambda: place.webhooks.test("other", webhook),
        lambda: place.webhooks.deliveries.find("other", webhook, number),
        lambda: place.webhooks.deliveries.retry("other", webhook, number),
    ):
        with pytest.raises(NotFound):
            call()
    assert place.webhooks.of("other") == []
    assert place.webhooks.deliveries.of("other", webhook, limit=9) == []


def test_with_a_webhook_its_messages_go(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    (due,) = place.claim()
    place.webhooks.remove(ACME, webhook)
    place.failed(due)
    place.delivered(due)
    assert place.webhooks.deliveries.of(ACME, webhook, limit=9) == []


def test_after_a_month_a_message_is_forgotten(place: Place) -> None:
    webhook = _webhook(place)
    place.webhooks.test(ACME, webhook)
    place.delivered(place.claim()[0])
    place.now += 29 * 86_400
    sweeping.sweep(place.database, place.clock)
    assert _only(place, webhook)
    place.now += 2 * 86_400
    sweeping.sweep(place.database, place.clock)
    assert place.webhooks.deliveries.of(ACME, webhook, limit=9) == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://inside.example/", "not of the internet"),
        ("https://10.0.0.1/", "not of the internet"),
        ("https://nowhere.example/", "has no address"),
        ("ftp://lms.example/", "https://"),
        ("https://lms.example:22/", "port 22"),
    ],
)
def test_an_address_is_judged_when_a_webhook_is_made_and_changed(
    place: Place, url: str, why: str
) -> None:
    webhook = _webhook(place)
    for call in (
        lambda: place.webhooks.create(ACME, url),
        lambda: place.webhooks.change(ACME, webhook, Change(url=url)),
    ):
        with pytest.raises(InputError, match=why) as refused:
            call()
        assert refused.value.field == "url"
    assert [each.url for each in place.webhooks.of(ACME)] == [LMS]
