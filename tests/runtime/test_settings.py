"""What the environment may say, and how we answer when it says something else."""

from pathlib import Path

import pytest

from backend.runtime.settings import ECB_DAILY_FEED, BadSetting, Settings, settings_or_exit

PRODUCTION = {
    "DATABASE_URL": "postgresql://carreau_app:secret@db/carreau",
    "REDIS_URL": "redis://valkey:6379/0",
    "SMTP_URL": "smtp+starttls://user:secret@mail:587",
    "STORAGE_URL": "s3://invoices",
}


def test_nothing_set_is_the_embedded_default() -> None:
    settings = Settings.from_environ({})
    assert settings.environment == "embedded"
    assert not settings.has_servers
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert settings.data_dir.name == ".carreau"
    assert settings.storage_url == f"file://{settings.data_dir}/documents"
    assert settings.ecb_url == ECB_DAILY_FEED


def test_a_database_url_means_production() -> None:
    settings = Settings.from_environ(PRODUCTION)
    assert settings.environment == "production"
    assert settings.has_servers
    assert settings.storage_url == "s3://invoices"


def test_a_child_process_reads_what_its_parent_hands_on() -> None:
    given = {**PRODUCTION, "CARREAU_ENVIRONMENT": "embedded", "CARREAU_PORT": "8123", "CARREAU_DATA": "/srv/carreau"}
    settings = Settings.from_environ(given)
    assert Settings.from_environ(settings.to_environ()) == settings
    assert settings.environment == "embedded"
    assert settings.keyring_file == Path("/srv/carreau/keyring.json")


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"CARREAU_PORT": "eighty"}, "CARREAU_PORT is 'eighty'; it must be a number from 1 to 65535"),
        ({"CARREAU_PORT": "65536"}, "from 1 to 65535"),
        ({"CARREAU_ENVIRONMENT": "staging"}, "it may be embedded or production"),
        ({"CARREAU_ENVIRONMENT": "production"}, "DATABASE_URL must be set"),
        ({"CARREAU_LOG_LEVEL": "chatty"}, "it may be debug, info, warning, error"),
        ({"REDIS_URL": "redis://valkey"}, "REDIS_URL is set but DATABASE_URL is not"),
        ({"DATABASE_URL": "postgresql://db/carreau"}, "DATABASE_URL is set but REDIS_URL is not"),
        ({**PRODUCTION, "DATABASE_URL": "mysql://db"}, "DATABASE_URL must begin with postgresql://"),
        ({**PRODUCTION, "STORAGE_URL": "/srv"}, "STORAGE_URL must begin with file://"),
    ],
)
def test_a_bad_value_is_named_with_what_to_type_instead(environ: dict[str, str], says: str) -> None:
    with pytest.raises(BadSetting, match=says.replace("(", r"\(")):
        Settings.from_environ(environ)


def test_no_message_and_no_representation_shows_a_password() -> None:
    assert "secret" not in repr(Settings.from_environ(PRODUCTION))
    with pytest.raises(BadSetting) as refused:
        Settings.from_environ({**PRODUCTION, "SMTP_URL": "mailto://user:secret@mail"})
    assert "secret" not in str(refused.value)


def test_the_command_line_says_it_in_one_line_and_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CARREAU_PORT", "-1")
    with pytest.raises(SystemExit) as ended:
        settings_or_exit()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "carreau: CARREAU_PORT is '-1'; it must be a number from 1 to 65535\n"
