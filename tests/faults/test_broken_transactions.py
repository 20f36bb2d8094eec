"""Connections that are cut and transactions that abort while many issue at once: gapless numbers, one effect each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from random import Random

import psycopg
from psycopg_pool import PoolTimeout

from backend.journal.load import events_after
from backend.events.invoices import InvoiceIssued
from backend.journal.keys import PersonKeys
from backend.runtime.database import Connection, Database
from backend.values.identifiers import InvoiceId, TenantId
from backend.write.execute import Receipt, WriteSide, execute
from backend.write.invoices.commands import IssueInvoice
from tests.faults.world import World, a_pool
from tests.given.federation import Federation
from tests.given.invoices import a_drafted_invoice
from tests.given.past import chance_of  # noqa: F401
