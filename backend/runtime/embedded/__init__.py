"""Real servers for machines that have none: PostgreSQL, Valkey and a mailbox, started from wheels and supervised."""

from backend.runtime.embedded.servers import AlreadyRunning, EmbeddedServers, servers_for

__all__ = ["AlreadyRunning", "EmbeddedServers", "servers_for"]
