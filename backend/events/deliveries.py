"""What happens on the way to the debtor: one delivery record and one Message-ID per dispatch of a document.

Every event names the document and the org nodes of both sides, so that whoever reads one looks nothing up."""

from datetime import datetime

from backend.events.event import event
from backend.events.parts import DeliveryPurpose
from backend.values.documents import DocumentRef
from backend.values.identifiers import DebtorId, DeliveryId, OrgNodeId


@event("delivery-queued", about="document", shows=("channel",), subject="debtor_id", personal=("to_address",))
class DeliveryQueued:
    """The document is to be e-mailed. `message_id` stays the same through every attempt."""

    delivery_id: DeliveryId
    document: DocumentRef
    purpose: DeliveryPurpose
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None
    debtor_id: DebtorId
    channel: str
    language: str
    message_id: str
    to_address: str | None


@event("delivery-sent", about="document")
class DeliverySent:
    """The mail system accepted the message. `confirmation` is `none` where the channel reports nothing further.

    `digest` is the SHA-256 of the bytes that were sent.
    """

    delivery_id: DeliveryId
    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None
    attempt: int
    reply: str
    confirmation: str
    digest: str


@event("delivery-confirmed", about="document")
class DeliveryConfirmed:
    """The provider reported that the message reached the debtor's mailbox."""

    delivery_id: DeliveryId
    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None


@event("delivery-bounced", about="document", shows=("code",))
class DeliveryBounced:
    """The mail system refused the address for good (5xx, or a later bounce)."""

    delivery_id: DeliveryId
    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None
    attempt: int
    code: int
    reply: str


@event("delivery-deferred", about="document", shows=("kind", "reason"))
class DeliveryDeferred:
    """The attempt certainly did not deliver; the next is due at `next_at`. `kind` is `unreachable` or
    `refused_for_now`: each has its own schedule."""

    delivery_id: DeliveryId
    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None
    attempt: int
    kind: str
    reason: str
    next_at: datetime


@event("delivery-unknown", about="document", shows=("reason",))
class DeliveryUnknown:
    """The connection died when the message may already have been stored; one more copy may be sent at `next_at`."""

    delivery_id: DeliveryId
    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None
    attempt: int
    reason: str
    next_at: datetime | None


@event("delivery-failed", about="document", shows=("reason",))
class DeliveryFailed:
    """No attempt is left, or the document could not be made. A person must act."""

    delivery_id: DeliveryId
    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_org_node_id: OrgNodeId | None
    attempt: int
    reason: str


@event("delivery-switch-turned", shows=("enabled", "reason"))
class DeliverySwitchTurned:
    """The kill switch of the tenant: nothing is dispatched while it is off; nothing is lost either."""

    enabled: bool
    reason: str
