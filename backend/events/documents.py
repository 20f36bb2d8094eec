"""What happens to the bytes of documents, of whatever kind."""

from backend.events.event import event
from backend.values.documents import DocumentRef
from backend.values.identifiers import DebtorId, OrgNodeId


@event("document-stored", about="document")
class DocumentStored:
    """The page was rendered: these bytes are the document from now on. All digests are SHA-256 in hexadecimal.

    `debtor_id` is whom it was made for, and with whom it is forgotten.
    """

    document: DocumentRef
    issuer_org_node_id: OrgNodeId | None
    debtor_id: DebtorId
    debtor_org_node_id: OrgNodeId | None
    digest: str
    size: int
    media_type: str
    language: str
    template: str
    template_digest: str
    fonts_digest: str
    renderer: str
    fallback: bool
