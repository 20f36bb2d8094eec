"""The catalogue of what can be wrong with a value: sentences are made from names and parameters, never parsed."""

import pytest

from backend.values.why import InvalidByRule, Why


@pytest.mark.parametrize("why", Why, ids=lambda why: why.name)
def test_a_sentence_is_made_from_its_parameters(why: Why) -> None:
    said = why.said(**{name: f"<{name}>" for name in why.parameters})
    assert "{" not in said
    assert all(f"<{name}>" in said for name in why.parameters)


def test_two_names_never_share_a_sentence() -> None:
    """An alias of an enum member would be published under the name of the other."""
    assert len(Why.__members__) == len(list(Why))


def test_a_forgotten_or_invented_parameter_is_a_mistake_in_the_code() -> None:
    with pytest.raises(AssertionError):
        Why.TOO_LONG.said()
    with pytest.raises(AssertionError):
        Why.EMPTY.said(limit=3)


def test_a_rule_says_which_of_several_fields_is_wrong() -> None:
    wrong = InvalidByRule(Why.OUT_OF_RANGE, field="width", lowest=1, highest=12)
    assert (str(wrong), wrong.field, wrong.params) == ("this is 1 to 12", "width", {"lowest": 1, "highest": 12})
