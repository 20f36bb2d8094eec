"""The rules of the console, without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.tenants.platform import Look
from backend.values.identifiers import TenantId, UserId
from backend.write.platform import (
    LOOK,
    EnterTenant,
    OpenTenant,
    RequestRebuild,
    TurnPlatformSwitch,
    enter,
    rebuild_requested,
    tenant_opened,
    turn_switch,
)
from backend.write.refusal import InvalidValue, ReasonRequired

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def opening(**changes: Any) -> OpenTenant:
    said: dict[str, Any] = {
        "tenant_id": TenantId(uuid4()),
        "slug": "norsk-petanque",
        "name": " Norges Pétanqueforbund ",
        "kind": "national",
        "admin_name": "Kari",
        "admin_email": "kari@petanque.example",
        "language": "en",
    }
    return OpenTenant(**(said | changes))


def test_a_federation_gets_a_plain_short_name() -> None:
    """S002-63: what is recorded holds no person."""
    opened = tenant_opened(opening())
    assert (opened.slug, opened.name, opened.kind) == ("norsk-petanque", "Norges Pétanqueforbund", "national")
    assert not hasattr(opened, "admin_email")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"slug": "Not A Slug"}, "slug"),
        ({"slug": "-x"}, "slug"),
        ({"slug": "x" * 64}, "slug"),
        ({"kind": "platform"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"admin_name": ""}, "adminName"),
        ({"admin_email": "nobody"}, "adminEmail"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_cannot_be_opened_is_pointed_at(changes: dict[str, Any], path: str) -> None:
    """Also a federation whose first administrator could not be invited; and nobody opens a second platform here."""
    with pytest.raises(InvalidValue) as refused:
        tenant_opened(opening(**changes))
    assert refused.value.path == (path,)


def test_the_platform_is_stopped_with_a_reason_and_started_without() -> None:
    with pytest.raises(ReasonRequired):
        turn_switch(TurnPlatformSwitch(enabled=False), enabled=True)
    stopped = turn_switch(TurnPlatformSwitch(enabled=False, reason="wrong mails"), enabled=True)
    assert stopped is not None
    assert (stopped.enabled, stopped.reason) == (False, "wrong mails")
    assert turn_switch(TurnPlatformSwitch(enabled=False, reason="again"), enabled=False) is None
    assert turn_switch(TurnPlatformSwitch(enabled=True), enabled=False) is not None


def test_a_look_is_recorded_once_while_it_lasts() -> None:
    command = EnterTenant(operator_id=UserId(uuid4()), reason="ticket 4711")
    looked = enter(command, None, at=NOW)
    assert looked is not None
    assert looked.until == NOW + LOOK
    assert enter(command, Look(reason="earlier", until=NOW + timedelta(seconds=1)), at=NOW) is None
    assert enter(command, Look(reason="earlier", until=NOW), at=NOW) is not None
    with pytest.raises(ReasonRequired):
        enter(EnterTenant(operator_id=command.operator_id, reason="\n"), None, at=NOW)


def test_only_a_read_model_that_is_there_is_rebuilt() -> None:
    assert rebuild_requested(RequestRebuild(projection="invoices"), {"invoices"}).projection == "invoices"
    with pytest.raises(InvalidValue):
        rebuild_requested(RequestRebuild(projection="journal_events"), {"invoices"})
