"""The org tree as decisions see it: its nodes, and which names and codes are one and the same."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from backend.values.identifiers import OrgNodeId

MAX_NODES: Final = 50_000
MAX_CODE: Final = 40
_NOT_IN_A_CODE: Final = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An org node of the tenant."""

    node: OrgNodeId
    parent: OrgNodeId | None
    kind: str
    name: str
    code: str


def free_code(name: str, taken: Collection[str]) -> str:
    """The name in capitals without accents, and a number where that is taken: `MALMO-BOULE-CLUB-2`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    base = _NOT_IN_A_CODE.sub("-", plain).strip("-")[: MAX_CODE - 6] or "CLUB"
    code, count = base, 1
    while code in taken:
        count += 1
        code = f"{base}-{count}"
    return code


def name_key(name: str) -> str:
    """What two names have in common when people would call them the same: neither case nor spacing matters."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()
