"""The app has words, in each of its languages, for everything that its list of activities can show."""

import re
from collections import Counter

import pytest

import backend.write.registry  # noqa: F401 - commands import every event
from backend.events.event import BY_NAME
from backend.runtime.settings import REPOSITORY

LANGUAGES = 3
WORDS = Counter(re.findall(r'"([a-z-]+)": "', (REPOSITORY / "frontend/src/activity/events.ts").read_text()))


@pytest.mark.parametrize("name", BY_NAME)
def test_an_event_has_words_in_each_language(name: str) -> None:
    assert WORDS[name] == LANGUAGES, f"name {name} in frontend/src/activity/events.ts"


def test_there_are_no_words_for_what_cannot_happen() -> None:
    assert set(WORDS) - set(BY_NAME) == set()
