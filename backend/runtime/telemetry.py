"""Prometheus metrics, all named here.

Several processes (web, workers, scheduler) share one answer when PROMETHEUS_MULTIPROC_DIR names a folder: each
process writes its samples to a file there, and `exposition()` of any of them adds the files up. The variable must be
set before this module is imported (`carreau up`, `serve` and `work` do it), and the folder emptied at the start.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

MULTIPROCESS_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

REGISTRY: Final = CollectorRegistry()

# From the command's arrival to its commit. The goal of the field is one second at the 95th percentile.
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

ISSUANCE_SECONDS: Final = Histogram(
    "carreau_issuance_seconds", "Seconds from an issue command to its commit", buckets=_SECONDS, registry=REGISTRY
)
INVOICES_ISSUED: Final = Counter(
    "carreau_invoices_issued",
    "Attempts to issue an invoice, by outcome (issued, refused, failed)",
    ["outcome"],
    registry=REGISTRY,
)
DELIVERIES: Final = Counter(
    "carreau_deliveries", "Transitions of deliveries, by the state that was reached", ["state"], registry=REGISTRY
)
DELIVERY_SECONDS: Final = Histogram(
    "carreau_delivery_seconds",
    "Seconds from a queued delivery to the server's acceptance",
    registry=REGISTRY,
    buckets=(*_SECONDS, 60.0, 300.0, 3600.0),
)
PDF_SECONDS: Final = Histogram("carreau_pdf_seconds", "Seconds to render one PDF", buckets=_SECONDS, registry=REGISTRY)
PDF_ERRORS: Final = Counter(
    "carreau_pdf_errors", "PDFs that could not be rendered, by reason", ["reason"], registry=REGISTRY
)
DUPLICATES: Final = Counter(
    "carreau_duplicates", "Repeated work that was recognised and not done twice, by kind", ["kind"], registry=REGISTRY
)
REFUSALS: Final = Counter("carreau_refusals", "Refusals told to callers, by code", ["code"], registry=REGISTRY)
THROTTLED: Final = Counter("carreau_throttled", "Requests over a budget, by budget", ["budget"], registry=REGISTRY)
MISSING_TRANSLATIONS: Final = Counter(
    "carreau_missing_translations", "Documents that fell back to English", ["template", "language"], registry=REGISTRY
)
MISSING_GLYPHS: Final = Counter(
    "carreau_missing_glyphs", "Documents with a character that no font has", registry=REGISTRY
)
# "mostrecent": a gauge is a fact about the database, so the newest sample of any process is the true one.
QUEUE_DEPTH: Final = Gauge(
    "carreau_queue_depth", "Messages waiting, by queue", ["queue"], registry=REGISTRY, multiprocess_mode="mostrecent"
)
PROJECTION_LAG: Final = Gauge(
    "carreau_projection_lag_events",
    "Events a read model has not seen yet, the worst tenant, by projection",
    ["projection"],
    registry=REGISTRY,
    multiprocess_mode="mostrecent",
)
PROJECTIONS_HALTED: Final = Counter(
    "carreau_projections_halted",
    "Times a read model halted on an event it could not fold",
    ["projection"],
    registry=REGISTRY,
)
OUTBOUND_DUE: Final = Gauge(
    "carreau_outbound_due", "Deliveries that are due and not sent", registry=REGISTRY, multiprocess_mode="mostrecent"
)


def exposition() -> bytes:
    """All metrics as Prometheus reads them: of every process where they share a folder, else of this one."""
    if not os.environ.get(MULTIPROCESS_VARIABLE):
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)


def counted(name: str) -> dict[str, float]:
    """How often something was counted since the service started, over all processes that share a folder: by the value
    of its one label, or under the empty name. `name` is that of a sample (`carreau_invoices_issued_total`)."""
    registry = REGISTRY
    if os.environ.get(MULTIPROCESS_VARIABLE):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    found: dict[str, float] = {}
    for metric in registry.collect():
        for sample in metric.samples:
            if sample.name == name:
                label = next(iter(sample.labels.values()), "")
                found[label] = found.get(label, 0.0) + sample.value
    return found


def serve_folder(folder: Path, host: str, port: int) -> None:
    """Answer Prometheus on a port of its own with what the processes wrote to this folder, from a background thread."""
    together = CollectorRegistry()
    MultiProcessCollector(together, path=str(folder))  # type: ignore[no-untyped-call]
    start_http_server(port, addr=host, registry=together)


@contextmanager
def timed(histogram: Histogram) -> Iterator[None]:
    """Observe how long the block took, also when it fails."""
    began = perf_counter()
    try:
        yield
    finally:
        histogram.observe(perf_counter() - began)


def fresh_multiprocess_folder(folder: Path) -> dict[str, str]:
    """Empty the folder that the processes share (counters begin again at each start); the variable that names it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {MULTIPROCESS_VARIABLE: str(folder)}
