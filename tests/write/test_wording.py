"""Texts as they may be stored: what nobody can read is no text."""

import pytest

from backend.write.refusal import InvalidValue, ReasonRequired
from backend.write.wording import one_line, required_reason


@pytest.mark.parametrize("blank", ["", "   ", "\u200b", "\u2060 \ufeff", "\u202e", "\u3164", "\u2800\u2800", "\u00ad"])
def test_what_cannot_be_seen_is_no_reason_and_no_name(blank: str) -> None:
    """S001-6: who enters a federation or stops its mail leaves a reason that its auditor can read."""
    with pytest.raises(ReasonRequired):
        required_reason(blank)
    with pytest.raises(InvalidValue):
        one_line(blank, 100, path=("name",))


@pytest.mark.parametrize("said", ["x", "Åsa", "\u0639\u0644\u064a", "ticket 12", "?", "\U0001f3c6", "\u738b"])
def test_what_can_be_seen_is(said: str) -> None:
    assert required_reason(f" {said} ") == said
    assert one_line(said, 100, path=("name",)) == said
