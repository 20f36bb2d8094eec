"""The templates of a tenant: the latest revision of each, and which one is the default."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from backend.events.issuers import DefaultTemplateChosen, TemplateDefined
from backend.read.issuers.tables import templates
from backend.read.projection import Target, key_of
from backend.runtime.bulk import insert_rows
from backend.runtime.database import Connection
from backend.values.identifiers import TemplateId

# What a template says, beside its name and owner.
CONTENT: Final = (
    "primary_colour",
    "secondary_colour",
    "logo",
    "logo_media_type",
    "header",
    "footer",
    "payment_instructions",
    "tax_category",
    "terms_days",
)
_COLUMNS: Final = ("template_id", "issuer_id", "name", "revision", "content", "is_default")


async def fold_templates(
    connection: Connection, target: Target, events: Sequence[TemplateDefined | DefaultTemplateChosen]
) -> None:
    """The first template is the default until another is chosen. A tenant has few, so all are read and written."""
    if not events:
        return
    found = await connection.execute(
        b"SELECT template_id, issuer_id, name, revision, content::text, is_default FROM read_issuers_templates"
        b" WHERE tenant_id = %b AND generation = %b",
        key_of(target),
    )
    known: dict[TemplateId, tuple[Any, ...]] = {row[0]: row for row in await found.fetchall()}
    default = next((template_id for template_id, row in known.items() if row[-1]), None)
    for e in events:
        match e:
            case TemplateDefined():
                content = msgspec.json.encode({name: getattr(e, name) for name in CONTENT}).decode()
                known[e.template_id] = (e.template_id, e.issuer_id, e.name, e.revision, content, False)
                default = default or e.template_id
            case DefaultTemplateChosen():
                default = e.template_id
    await insert_rows(
        connection,
        templates,
        ("tenant_id", "generation", *_COLUMNS),
        [(*key_of(target), *row[:-1], template_id == default) for template_id, row in known.items()],
        conflict="ON CONFLICT (tenant_id, generation, template_id) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:]),
    )
