"""Everything the environment may decide, read once into one frozen value.

Nothing set means the embedded default (real servers that we start ourselves); DATABASE_URL set means production.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Literal, NoReturn, Self, get_args
from urllib.parse import urlsplit

Environment = Literal["embedded", "production"]
LogLevel = Literal["debug", "info", "warning", "error"]

REPOSITORY: Final = Path(__file__).resolve().parents[2]
ECB_DAILY_FEED: Final = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
DEFAULT_PORT: Final = 8000
# Two years of sign-ins.
DEFAULT_RETENTION_DAYS: Final = 730
LEAST_RETENTION_DAYS: Final = 400
MAX_RETENTION_DAYS: Final = 36_500

# One name per field, so that a parent process can hand exactly its settings to a child (see to_environ).
VARIABLES: Final[Mapping[str, str]] = {
    "database_url": "DATABASE_URL",
    "owner_database_url": "OWNER_DATABASE_URL",
    "sweep_database_url": "SWEEP_DATABASE_URL",
    "redis_url": "REDIS_URL",
    "smtp_url": "SMTP_URL",
    "storage_url": "STORAGE_URL",
    "data_dir": "CARREAU_DATA",
    "host": "CARREAU_HOST",
    "port": "CARREAU_PORT",
    "public_url": "CARREAU_PUBLIC_URL",
    "mailbox_url": "CARREAU_MAILBOX_URL",
    "keyring_file": "CARREAU_KEYRING_FILE",
    "environment": "CARREAU_ENVIRONMENT",
    "log_level": "CARREAU_LOG_LEVEL",
    "sender_domain": "CARREAU_SENDER_DOMAIN",
    "ecb_url": "CARREAU_ECB_URL",
    "access_retention_days": "CARREAU_ACCESS_RETENTION_DAYS",
}

SCHEMES: Final[Mapping[str, tuple[str, ...]]] = {
    "database_url": ("postgresql", "postgres"),
    "owner_database_url": ("postgresql", "postgres"),
    "sweep_database_url": ("postgresql", "postgres"),
    "redis_url": ("redis", "rediss", "valkey", "valkeys"),
    "smtp_url": ("smtp", "smtps", "smtp+starttls"),
    "storage_url": ("file", "s3", "gs", "az", "memory"),
    "public_url": ("http", "https"),
    "mailbox_url": ("http", "https"),
    "ecb_url": ("http", "https", "file"),
}


class BadSetting(ValueError):
    """A value in the environment that we cannot use; the text says which, and what to type instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process. An empty server URL means: not known yet, the embedded servers will say.

    In production a process gets only the addresses it needs: the web process has no `owner_database_url`. Addresses
    hold passwords, so they are not part of the representation.
    """

    database_url: str = field(repr=False)
    owner_database_url: str = field(repr=False)
    sweep_database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    smtp_url: str = field(repr=False)
    storage_url: str = field(repr=False)
    data_dir: Path
    host: str
    port: int
    public_url: str
    mailbox_url: str
    keyring_file: Path
    environment: Environment
    log_level: LogLevel
    sender_domain: str
    ecb_url: str
    # How long sign-ins, grants and other events of the access book are kept.
    access_retention_days: int

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the environment; a bad value raises BadSetting (the command line turns it into exit code 2)."""
        env = os.environ if environ is None else environ
        said = {name: env.get(variable, "").strip() for name, variable in VARIABLES.items()}
        environment = _environment(said)
        data_dir = Path(said["data_dir"] or REPOSITORY / ".carreau").expanduser().absolute()
        host = said["host"] or "127.0.0.1"
        port = _port(said["port"])
        settings = cls(
            database_url=said["database_url"],
            owner_database_url=said["owner_database_url"],
            sweep_database_url=said["sweep_database_url"],
            redis_url=said["redis_url"],
            smtp_url=said["smtp_url"],
            storage_url=said["storage_url"] or f"file://{data_dir / 'documents'}",
            data_dir=data_dir,
            host=host,
            port=port,
            public_url=(said["public_url"] or f"http://{_shown(host)}:{port}").rstrip("/"),
            mailbox_url=said["mailbox_url"].rstrip("/"),
            keyring_file=Path(said["keyring_file"] or data_dir / "keyring.json").expanduser().absolute(),
            environment=environment,
            log_level=_log_level(said["log_level"]),
            sender_domain=said["sender_domain"] or "carreau.example",
            ecb_url=said["ecb_url"] or ECB_DAILY_FEED,
            access_retention_days=_retention_days(said["access_retention_days"]),
        )
        settings._check()
        return settings

    def to_environ(self) -> dict[str, str]:
        """The variables that make `from_environ` in a child process return the same settings."""
        values = {VARIABLES[each.name]: str(getattr(self, each.name)) for each in fields(self)}
        return {variable: value for variable, value in values.items() if value}

    @property
    def has_servers(self) -> bool:
        """Whether the addresses of the servers are known, by the environment or by the embedded servers."""
        return bool(self.database_url)

    def _check(self) -> None:
        for name, schemes in SCHEMES.items():
            value = getattr(self, name)
            if value and urlsplit(value).scheme not in schemes:
                # The value itself may hold a password and is not repeated.
                raise BadSetting(f"{VARIABLES[name]} must begin with {' or '.join(f'{s}://' for s in schemes)}")
        if self.has_servers:
            for name in ("redis_url", "smtp_url"):
                if not getattr(self, name):
                    raise BadSetting(
                        f"DATABASE_URL is set but {VARIABLES[name]} is not: set DATABASE_URL, REDIS_URL and SMTP_URL"
                        " together, or none of them for the embedded servers"
                    )


def settings_or_exit() -> Settings:
    """For entry points: the settings, or one clear line on stderr and exit code 2."""
    try:
        return Settings.from_environ()
    except BadSetting as bad:
        refuse_to_start(str(bad))


def refuse_to_start(message: str) -> NoReturn:
    """One line on stderr and exit code 2: the person at the keyboard can repair it."""
    print(f"carreau: {message}", file=sys.stderr)
    raise SystemExit(2)


def _environment(said: Mapping[str, str]) -> Environment:
    match said["environment"]:
        case "":
            environment: Environment = "production" if said["database_url"] else "embedded"
        case "embedded" | "production" as word:
            environment = word
        case other:
            raise BadSetting(f"CARREAU_ENVIRONMENT is {other!r}; it may be {' or '.join(get_args(Environment))}")
    if environment == "production" and not said["database_url"]:
        raise BadSetting("CARREAU_ENVIRONMENT is production, so DATABASE_URL must be set")
    given = [VARIABLES[name] for name in ("redis_url", "smtp_url") if said[name]]
    if given and not said["database_url"]:
        raise BadSetting(f"{given[0]} is set but DATABASE_URL is not: set all, or none for the embedded servers")
    return environment


def _port(said: str) -> int:
    if not said:
        return DEFAULT_PORT
    if not said.isascii() or not said.isdigit() or not 0 < int(said) < 65536:
        raise BadSetting(f"CARREAU_PORT is {said!r}; it must be a number from 1 to 65535")
    return int(said)


def _retention_days(said: str) -> int:
    # Less is refused by the database as well (`journal_prune`): a token lives for a year, and is told of for longer.
    if said and not (said.isascii() and said.isdigit() and LEAST_RETENTION_DAYS <= int(said) <= MAX_RETENTION_DAYS):
        raise BadSetting(
            f"CARREAU_ACCESS_RETENTION_DAYS is {said!r}; it must be a number of days from {LEAST_RETENTION_DAYS}"
            f" to {MAX_RETENTION_DAYS}"
        )
    return int(said or DEFAULT_RETENTION_DAYS)


def _log_level(said: str) -> LogLevel:
    match said.lower() or "info":
        case "debug" | "info" | "warning" | "error" as level:
            return level
        case _:
            raise BadSetting(f"CARREAU_LOG_LEVEL is {said!r}; it may be {', '.join(get_args(LogLevel))}")


def _shown(host: str) -> str:
    # Nobody can open 0.0.0.0 in a browser, browsers take passkeys for names only, and an IPv6 address needs brackets.
    if host in ("0.0.0.0", "::", "127.0.0.1"):  # noqa: S104
        return "localhost"
    return f"[{host}]" if ":" in host else host
