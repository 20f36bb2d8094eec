"""What we claim about a mail against what a dying server really holds (reliability.md 1.4)."""

import asyncio
import datetime as dt
import socket
import ssl
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from backend.outbound.mail import Mail, compose
from backend.outbound.smtp import (
    MAX_CONNECTIONS,
    MAX_MAILS_PER_CONNECTION,
    Accepted,
    Outcome,
    Refused,
    SmtpPool,
    SmtpSettings,
    SmtpUrlRefused,
    Unknown,
    Unreachable,
    send,
)
from tests.given.smtp_faults import Fault, SmtpFaults, smtp_that

AT = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
MAIL = Mail(
    message_id="<018f.1@carreau.example>",
    from_name="Skånes Bouledistrikt",
    from_address="invoices@carreau.example",
    reply_to=None,
    to_address="m00001@members.example",
    to_name="Måns Östlund",
    subject="Faktura",
    text="Hej\n.\n..två\n",
    html="<p>Hej</p>",
    language="sv",
)
RAW = compose(MAIL, date=AT)


async def attempt(server: SmtpFaults, mail: Mail = MAIL, **changes: int) -> Outcome:
    settings = replace(SmtpSettings.from_url(server.url), **{"connect_timeout": 1, "content_timeout": 1, **changes})
    async with SmtpPool(settings) as pool:
        return await send(pool, compose(mail, date=AT, smtputf8=True), mail)


async def test_accepted_only_after_250_and_the_server_holds_the_same_bytes() -> None:
    """S002-30: sent means that the server said 250 after DATA; dots survive the wire."""
    async with smtp_that() as server:
        assert await attempt(server) == Accepted(server_reply="250 queued as 1")
    assert server.stored == [RAW]
    assert server.senders == [f"<invoices@carreau.example> SIZE={len(RAW)}"]
    assert server.recipients == ["<m00001@members.example>"]


async def test_a_refused_connection_is_unreachable() -> None:
    """S002-30, F21: nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert isinstance(await attempt(SmtpFaults(fault=Fault.NONE, port=port)), Unreachable)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.BANNER_SILENT,
        Fault.BANNER_DRIPS,
        Fault.BANNER_421,
        Fault.BANNER_554,
        Fault.BANNER_GARBAGE,
        Fault.SENDER_530,
        Fault.SENDER_DROPS,
        Fault.DATA_DROPS,
    ],
)
async def test_a_loss_before_the_body_is_certainly_not_delivered(fault: Fault) -> None:
    """S002-30, F22, F25: no session or no permission says nothing about the address, and bounces nobody."""
    async with smtp_that(fault) as server:
        assert isinstance(await attempt(server), Unreachable)
    assert server.stored == []


@pytest.mark.parametrize(
    ("fault", "permanent", "code", "stage"),
    [
        (Fault.SENDER_550, True, 550, "sender"),
        (Fault.RECIPIENT_421, False, 421, "recipient"),
        (Fault.RECIPIENT_450, False, 450, "recipient"),
        (Fault.RECIPIENT_452, False, 452, "recipient"),
        (Fault.RECIPIENT_550, True, 550, "recipient"),
        (Fault.RECIPIENT_554, True, 554, "recipient"),
        (Fault.DATA_451, False, 451, "content"),
        (Fault.BODY_421, False, 421, "content"),
        (Fault.STORED_451, False, 451, "content"),
        (Fault.STORED_552, True, 552, "content"),
        (Fault.STORED_554, True, 554, "content"),
    ],
)
async def test_4xx_is_for_now_and_5xx_for_good(fault: Fault, permanent: bool, code: int, stage: str) -> None:
    """S002-30, F25, C20: a refusal is never called sent, and the server holds nothing."""
    async with smtp_that(fault) as server:
        outcome = await attempt(server)
    assert isinstance(outcome, Refused)
    assert (outcome.permanent, outcome.code, outcome.stage) == (permanent, code, stage)
    assert server.stored == []


@pytest.mark.parametrize(
    ("fault", "held"),
    [
        (Fault.BODY_DROPS, 0),
        (Fault.STORED_DROPS, 1),
        (Fault.STORED_LATE, 1),
        (Fault.STORED_GARBAGE, 1),
        (Fault.STORED_252, 1),
    ],
)
async def test_a_loss_after_the_body_began_is_unknown(fault: Fault, held: int) -> None:
    """S002-30, F23, F24: the same words from us whether the server holds the mail or not."""
    async with smtp_that(fault) as server:
        assert isinstance(await attempt(server), Unknown)
    assert len(server.stored) == held


async def test_a_server_that_dies_at_quit_has_the_mail() -> None:
    """S002-30: the last row of the table in reliability.md 1.4."""
    async with smtp_that(Fault.QUIT_DROPS) as server:
        assert isinstance(await attempt(server), Accepted)
    assert len(server.stored) == 1


async def test_wrong_password_bounces_nobody() -> None:
    """S002-30: 535 is about us, not about the member's address."""
    async with smtp_that(Fault.AUTH_535, extensions=("AUTH PLAIN",)) as server:
        settings = SmtpSettings.from_url(f"smtp://robot:p%40ss@127.0.0.1:{server.port}")
        async with SmtpPool(settings) as pool:
            outcome = await send(pool, RAW, MAIL)
    assert isinstance(outcome, Unreachable)
    assert "535" in outcome.reason
    assert len(server.logins) == 1


async def test_a_cancelled_attempt_leaves_no_half_open_connection_for_the_next() -> None:
    """S002-30: the pool drops a connection in an unknown state, and gives its slot back."""
    async with smtp_that(Fault.STORED_LATE, late_by=1) as server:
        async with SmtpPool(SmtpSettings.from_url(server.url)) as pool:
            for _ in range(MAX_CONNECTIONS):
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(send(pool, RAW, MAIL), timeout=0.2)
            assert isinstance(await send(pool, RAW, MAIL), Accepted)
        assert server.connections == MAX_CONNECTIONS + 1


async def test_connections_are_reused_and_bounded() -> None:
    """S002-30: 250 mails over at most four connections at a time, none of more than a hundred mails."""
    async with smtp_that() as server:
        async with SmtpPool(SmtpSettings.from_url(server.url)) as pool:
            outcomes = await asyncio.gather(*(send(pool, RAW, MAIL) for _ in range(250)))
        assert all(isinstance(outcome, Accepted) for outcome in outcomes)
        assert len(server.stored) == 250
        assert 250 / MAX_MAILS_PER_CONNECTION < server.connections <= MAX_CONNECTIONS + 2


async def test_a_refusal_keeps_the_connection() -> None:
    """S002-30: one bad address in a run of thousands costs no reconnect."""
    async with smtp_that(Fault.RECIPIENT_550) as server:
        async with SmtpPool(SmtpSettings.from_url(server.url)) as pool:
            for _ in range(3):
                assert isinstance(await send(pool, RAW, MAIL), Refused)
        assert server.connections == 1


async def test_a_kept_connection_that_the_server_dropped_costs_no_attempt() -> None:
    """S002-30: the loss is noticed before the next mail depends on it."""
    async with smtp_that(Fault.IDLE_DROPS) as server:
        async with SmtpPool(SmtpSettings.from_url(server.url)) as pool:
            for _ in range(3):
                assert isinstance(await send(pool, RAW, MAIL), Accepted)
        assert server.connections == 3


async def test_a_local_part_beyond_ascii_needs_smtputf8() -> None:
    """S002-30: refused for good by a server without the extension, delivered by one with it."""
    mail = replace(MAIL, to_address="måns@malmö.example")
    async with smtp_that() as server:
        outcome = await attempt(server, mail)
        assert isinstance(outcome, Refused)
        assert outcome.permanent
        assert server.recipients == []
    async with smtp_that(extensions=("SMTPUTF8", "8BITMIME")) as server:
        assert isinstance(await attempt(server, mail), Accepted)
        assert server.recipients == ["<måns@xn--malm-8qa.example>"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "faults.example")])
    builder = x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
    signed = (
        builder.serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
async def test_tls_is_verified(certificate: Path, scheme: str) -> None:
    """S002-30: both kinds of TLS work, and a certificate that nobody vouches for is no connection."""
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server_side.load_cert_chain(certificate)
    client_side = ssl.create_default_context(cafile=certificate)
    at_once = scheme == "smtps"
    extensions = ("AUTH PLAIN",) if at_once else ("STARTTLS", "AUTH PLAIN")
    async with smtp_that(tls=server_side, tls_at_once=at_once, extensions=extensions) as server:
        settings = SmtpSettings.from_url(f"{scheme}://robot:secret@127.0.0.1:{server.port}")
        async with SmtpPool(settings) as stranger:
            assert isinstance(await send(stranger, RAW, MAIL), Unreachable)
        assert server.logins == []
        async with SmtpPool(settings, tls_context=client_side) as pool:
            assert isinstance(await send(pool, RAW, MAIL), Accepted)


async def test_starttls_is_never_silently_skipped() -> None:
    """S002-30: a server without STARTTLS gets neither the password nor the mail."""
    async with smtp_that(extensions=("AUTH PLAIN",)) as server:
        settings = SmtpSettings.from_url(f"smtp+starttls://robot:secret@127.0.0.1:{server.port}")
        async with SmtpPool(settings) as pool:
            assert isinstance(await send(pool, RAW, MAIL), Unreachable)
    assert (server.logins, server.senders) == ([], [])


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example",
        "smtp://",
        "smtp://user:secret@mail.example",
        "smtps://mail.example:notaport",
        "smtps://mail.example/path",
        "smtp://[::1",
        "",
    ],
)
def test_a_bad_url_is_refused_without_repeating_it(url: str) -> None:
    """S002-30: the message may go to a log, so the password may not be in it."""
    with pytest.raises(SmtpUrlRefused) as refusal:
        SmtpSettings.from_url(url)
    assert "secret" not in str(refusal.value)


def test_a_url_says_security_port_and_credentials() -> None:
    """S002-30: defaults are the registered ports; user and password are percent-decoded and never printed."""
    settings = SmtpSettings.from_url("smtp+starttls://a%40b:s%3Ae@mail.example")
    assert (settings.security, settings.port, settings.username, settings.password) == ("starttls", 587, "a@b", "s:e")
    assert "s:e" not in repr(settings)
    assert SmtpSettings.from_url("smtps://mail.example").port == 465
    assert SmtpSettings.from_url("smtp://127.0.0.1:2525") == SmtpSettings(host="127.0.0.1", port=2525, security="none")
