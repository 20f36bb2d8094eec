"""The words of files: every language has each of them, and every state of an invoice has one."""

from typing import get_args

import pytest

from backend.api.rest import export_sheets
from backend.documents.sheets.words import LANGUAGES, WORDS, Language, label
from backend.rules.status import DeliveryState, Status
from backend.values.ledger import BalanceReason


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_untranslated(language: Language) -> None:
    """S002-25: a new state, column or entry has its word before it reaches a file."""
    assert WORDS[language].keys() == WORDS["en"].keys()
    for kind, codes in (("status", Status), ("delivery", DeliveryState), ("entry", BalanceReason)):
        for code in get_args(codes):
            assert label(f"{kind}.{code}", language)
    for name in dir(export_sheets):
        if name.endswith("_COLUMNS"):
            for column in getattr(export_sheets, name):
                assert label(column.id, language)
