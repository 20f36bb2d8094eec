"""Every REST address, in one list. `app.py` mounts it under `/api/v1`.

A resource is `async def endpoint(request) -> Response`: `actor = await authenticated(request)`, then
`dispatch.carry_out` or `dispatch.ask`. It raises `Malformed`, `Refusal` or `Forbidden`; `problems.py` answers.
"""

from typing import Final

from starlette.routing import BaseRoute

ROUTES: Final[list[BaseRoute]] = []
