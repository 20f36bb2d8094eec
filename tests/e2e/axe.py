"""axe-core in the page: what a person with an assistive technology would stumble over."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from playwright.async_api import Page

from backend.runtime.settings import REPOSITORY

_SCRIPT: Final = REPOSITORY / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What React Aria says aloud stands there for some seconds, and names a button that may be gone by then.
_RUN: Final = """async tags => (
  await axe.run({exclude: [["[data-live-announcer]"]]}, {runOnly: tags, resultTypes: ["violations"]})
).violations.map(
  each => ({rule: each.id, impact: each.impact, help: each.help,
            nodes: each.nodes.map(node => [node.target.join(" "), node.failureSummary])}))"""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule that one screen breaks."""

    rule: str
    impact: str
    help: str
    where: tuple[str, ...]
    why: str

    @property
    def bad(self) -> bool:
        return self.impact in ("serious", "critical")

    def __str__(self) -> str:
        return f"{self.impact}: {self.rule} ({self.help}) at {'; '.join(self.where[:4])}"


async def findings(page: Page) -> list[Finding]:
    """What axe says of the page as it stands now."""
    # Through the debugger, and not as a script of the page: its content security policy stays as it is.
    await page.evaluate(_script())
    return [
        Finding(
            rule=each["rule"],
            impact=each["impact"] or "",
            help=each["help"],
            where=tuple(node[0] for node in each["nodes"]),
            why=each["nodes"][0][1],
        )
        for each in await page.evaluate(_RUN, _TAGS)
    ]


@cache
def _script() -> str:
    return _SCRIPT.read_text()
