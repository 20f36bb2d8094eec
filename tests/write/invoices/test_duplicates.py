"""Nobody is billed twice for one component of one season unless somebody says why."""

from uuid import uuid4

import pytest

from backend.rules.billed import Billed
from backend.values.identifiers import DebtorId
from backend.write.invoices.duplicates import AlreadyBilled, occurrence_of
from backend.write.refusal import RefusalCode

DEBTOR = DebtorId(uuid4())


def billed(number: str, component: str = "licence", occurrence: int = 1) -> Billed:
    return Billed(DEBTOR, component, occurrence, number)


def test_the_first_invoice_needs_no_reason() -> None:
    assert occurrence_of((), override_reason="") == 1


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_second_one_is_refused_by_the_numbers_of_the_first(reason: str) -> None:
    """S001-3: ALREADY_BILLED names each invoice once, so that one can look."""
    earlier = (billed("FAKTURA-2026-000002"), billed("FAKTURA-2026-000001"), billed("FAKTURA-2026-000002", "insurance"))
    with pytest.raises(AlreadyBilled, match=r"by FAKTURA-2026-000001, FAKTURA-2026-000002:") as refused:
        occurrence_of(earlier, override_reason=reason)
    assert (refused.value.code, refused.value.path) == (RefusalCode.ALREADY_BILLED, ("overrideReason",))


def test_with_a_reason_it_is_the_next_one() -> None:
    assert occurrence_of((billed("1"), billed("2", occurrence=3)), override_reason="lost card") == 4
