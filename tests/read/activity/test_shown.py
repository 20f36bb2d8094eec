"""What the activity list publishes of each event: declared, and reviewed here once more, because auditors read it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.events.event import BY_CLASS, BY_NAME, event
from backend.events.issuers import AutoDeliverySet
from backend.journal.codec import Recorded
from backend.read.activity.subjects import shown_of, subject_of
from backend.values.identifiers import IssuerId, TenantId

# An event that is not here shows nothing but its name, what it is about, who did it and when.
PUBLISHED = {
    "access-refused": "capability",
    "api-client-registered": "name",
    "api-client-revoked": "name",
    "auto-delivery-set": "enabled",
    "credit-note-issued": "number total_minor currency",
    "debtor-registered": "kind",
    "delivery-bounced": "code",
    "delivery-deferred": "kind reason",
    "delivery-failed": "reason",
    "delivery-queued": "channel",
    "delivery-switch-turned": "enabled reason",
    "delivery-unknown": "reason",
    "document-received": "number total_minor currency",
    "document-updated": "state",
    "draft-revised": "currency",
    "historical-invoice-imported": "number total_minor currency",
    "identity-provider-added": "name",
    "identity-provider-removed": "name",
    "invoice-drafted": "currency",
    "invoice-issued": "number total_minor currency",
    "issuer-registered": "currency",
    "operator-looked": "reason",
    "org-node-created": "kind",
    "org-node-renamed": "name",
    "password-changed": "cause",
    "payment-registered": "amount_minor currency",
    "platform-switch-turned": "enabled reason",
    "role-granted": "role",
    "role-revoked": "role",
    "run-chunk-issued": "chunk",
    "run-members-listed": "chunk",
    "run-started": "kind currency",
    "run-stopped": "reason",
    "second-factor-added": "label",
    "second-factor-removed": "label",
    "sign-in-refused": "cause",
    "signed-out": "cause",
    "template-defined": "name",
    "tenant-opened": "kind",
    "token-created": "label",
}
# What an event may be about: things that have a page of their own, or people and programs that have a name.
THINGS = {
    "client_id",
    "debtor_id",
    "document",
    "document_id",
    "invoice",
    "invoice_id",
    "issuer_id",
    "org_node_id",
    "payment_id",
    "run_id",
    "template_id",
    "user_id",
}


def recorded(happened: Any, *, reason: str = "") -> Recorded:
    kind = BY_CLASS[type(happened)]
    return Recorded(
        tenant_id=TenantId(UUID(int=1)),
        position=1,
        stream_id=uuid4(),
        version=1,
        type=kind.name,
        at=datetime(2026, 11, 20, tzinfo=UTC),
        actor="user:x",
        reason=reason,
        event=happened,
        entry=None,
    )


def test_what_is_published_of_each_event() -> None:
    """A field is published because somebody said so, and never because of its name."""
    assert {name: " ".join(kind.shows) for name, kind in BY_NAME.items() if kind.shows} == PUBLISHED


@pytest.mark.parametrize("kind", BY_NAME.values(), ids=lambda kind: kind.name)
def test_each_event_can_be_told(kind: Any) -> None:
    """It shows one detail at most, an amount only with its currency, and is about a thing the list has a word for."""
    details = [name for name in kind.shows if not name.endswith("_minor") and name not in ("currency", "reason")]
    assert len(details) <= 1
    assert "currency" in kind.shows or not any(name.endswith("_minor") for name in kind.shows)
    assert kind.about is None or kind.about in THINGS


def test_nothing_personal_can_be_shown() -> None:
    with pytest.raises(TypeError, match="not personal"):

        @event("test-of-shown", subject="debtor_id", personal=("notes",), shows=("notes",))
        class Shown:
            """Shows what only the person's key opens."""

            debtor_id: UUID
            notes: str | None


def test_a_switch_is_on_or_off() -> None:
    switched = AutoDeliverySet(issuer_id=IssuerId(uuid4()), enabled=False)
    assert shown_of(recorded(switched)).detail == "off"
    assert shown_of(recorded(replace(switched, enabled=True))).detail == "on"
    assert subject_of(recorded(switched)).id == switched.issuer_id
