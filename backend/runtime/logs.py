"""Structured logs: one JSON object a line, or colours when a person is looking at a terminal.

`bound(tenant=…, invoice_id=…, trace_id=…)` adds its words to every line written inside the block.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import structlog

LOUD_LIBRARIES = ("uvicorn.access", "httpx", "httpcore", "alembic", "fontTools")


def configure_logs(*, level: str = "info", json: bool | None = None) -> None:
    """Call once per process. Without `json`, a terminal gets colours and everything else gets JSON."""
    as_json = not sys.stderr.isatty() if json is None else json
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    told = structlog.processors.ExceptionRenderer(traceback_without_data)
    renderers: list[Any] = [
        told,
        structlog.processors.JSONRenderer(default=str) if as_json else structlog.dev.ConsoleRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    # Libraries use the standard module; they pass through the same pipeline, so every line has one shape.
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in LOUD_LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def traceback_without_data(exc_info: Any) -> str:
    """A traceback in which no error of the database quotes the values it was about: they may name a person. What is
    left (the SQLSTATE, the constraint, the table) says where to look."""
    error: BaseException = exc_info[1]
    text = "".join(traceback.format_exception(error)).rstrip()
    for each in _with_causes(error):
        said = str(each)
        diagnosis = getattr(each, "diag", None)
        if diagnosis is not None and said:
            places = (diagnosis.sqlstate, diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name)
            text = text.replace(said, "[" + (" ".join(place for place in places if place) or "no SQLSTATE") + "]")
    return text


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__, *getattr(each, "exceptions", ())]


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for a module: `log = logger(__name__)`, then `log.info("run.chunk.committed", invoices=500)`."""
    bound_logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return bound_logger


@contextmanager
def bound(
    *,
    tenant: UUID | str | None = None,
    invoice_id: UUID | str | None = None,
    trace_id: str | None = None,
    **more: object,
) -> Iterator[None]:
    """Add these words to every log line of this task until the block ends."""
    named = {"tenant": tenant, "invoice_id": invoice_id, "trace_id": trace_id, **more}
    words = {key: str(value) for key, value in named.items() if value is not None}
    with structlog.contextvars.bound_contextvars(**words):
        yield


def new_trace_id() -> str:
    """32 hexadecimal digits, as the W3C `traceparent` header wants them."""
    return uuid4().hex
