"""`extensions.journal` of a mutation's answer: how far the journal is, and how many events the read models are behind.

With `lag` 0 whatever the answer shows is after the command. Otherwise it is of a moment before it (or null, for what
is new), and the client reads again in a moment.
"""

from typing import Any

from strawberry.extensions import SchemaExtension


class JournalStanding(SchemaExtension):
    """Tells what the last command of this request reached."""

    def get_results(self) -> dict[str, Any]:
        done = self.execution_context.context.done
        return {} if done is None else {"journal": {"position": str(done.position), "lag": done.lag}}
