"""All templates of a tenant as one aggregate, so that exactly one of them can be the default (S002-17)."""

from dataclasses import dataclass, field, replace
from typing import Any, Final

from backend.events.issuers import DefaultTemplateChosen, TemplateDefined
from backend.values.identifiers import IssuerId, StreamId, TemplateId, TenantId, tenant_stream
from backend.write.states.aggregate import Aggregate


@dataclass(frozen=True, slots=True)
class TemplateBook:
    """The latest revision of each template, and which one is the default: the first one is, until another is chosen."""

    templates: dict[TemplateId, TemplateDefined] = field(default_factory=dict)
    default: TemplateId | None = None

    def for_issuer(self, issuer_id: IssuerId) -> TemplateDefined | None:
        """The issuer's own template, or else the tenant's default."""
        own = next((template for template in self.templates.values() if template.issuer_id == issuer_id), None)
        return own or (self.templates[self.default] if self.default else None)


def evolve(book: TemplateBook | None, event: Any) -> TemplateBook | None:
    """One fold over the tenant's template stream."""
    book = book or TemplateBook()
    match event:
        case TemplateDefined():
            templates = {**book.templates, event.template_id: event}
            return replace(book, templates=templates, default=book.default or event.template_id)
        case DefaultTemplateChosen():
            return replace(book, default=event.template_id)
        case _:
            return book


TEMPLATE_BOOK: Final = Aggregate[TemplateBook]("template book", evolve)


def template_stream(tenant_id: TenantId) -> StreamId:
    """The stream of the tenant's templates."""
    return tenant_stream(tenant_id, "templates")
