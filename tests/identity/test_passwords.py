"""Passwords at rest, and which are accepted."""

import pytest
from argon2 import PasswordHasher, Type

from backend.rules.passwords import fault_of, normal
from backend.tenants.identity.throttle import network_of


def test_the_work_of_a_hash_is_what_the_standard_recommends() -> None:
    """RFC 9106, second recommended option: argon2id, 64 MiB, three passes."""
    hasher = PasswordHasher()
    assert (hasher.type, hasher.memory_cost, hasher.time_cost) == (Type.ID, 65536, 3)


@pytest.mark.parametrize(
    "password",
    [
        "kort",
        "password1234",
        "Passw0rd1234",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "qwertyuiop123",
        "annika berg 1970",
        "annika@boule",
        "svenskaboule",
        "x" * 129,
    ],
)
def test_what_every_attacker_tries_first_is_refused(password: str) -> None:
    assert fault_of(password, about=("Annika Berg", "annika@boule.example", "Svenska Boule")) is not None


@pytest.mark.parametrize(
    "password", ["granit-lampa-sjuttio-orm", "Åsnan äter fjorton ostar", "k9$Vq2!xLmP4wZ", "是一匹正确的马电池订书钉"]
)
def test_long_ones_of_any_kind_are_accepted(password: str) -> None:
    """No rule about digits and symbols (NIST SP 800-63B): length, and not being known."""
    assert fault_of(password, about=("Annika Berg",)) is None


def test_one_password_however_a_keyboard_composes_it() -> None:
    assert normal("A\u030asnan") == normal("\u00c5snan")


def test_what_counts_as_one_address() -> None:
    """Every IPv6 customer has 2^64 addresses: they are one."""
    assert network_of("192.0.2.7") != network_of("192.0.2.8")
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff")
    assert network_of("2001:db8:0:1::1") != network_of("2001:db8::1")
    assert network_of(None) == network_of("not an address") == "unknown"
