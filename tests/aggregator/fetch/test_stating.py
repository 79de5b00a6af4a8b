"""What settings and members' files say of fetching."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisr.aggregator.config import fetch_settings
from jisr.aggregator.report.patches import make_patch, set_feed_field
from jisr.core.diagnostics.problems import ProblemsError
from jisr.ingest.fetch import ssrf_guard

PRIVATE = """
    0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8
    192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255 :: ::1 ::ffff:10.0.0.1 ::ffff:7f00:1 ::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::1 100::1
    2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
    ff0e::1 1:2:3 example.org
""".split()
PUBLIC = "8.8.8.8 100.63.0.1 172.32.0.1 192.0.1.1 2606:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8 64:ff9b::8.8.8.8".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address: str) -> None:
    """No form of an address that is not public passes."""
    assert not ssrf_guard.is_public_ip(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str) -> None:
    """The addresses of the public internet may be asked."""
    assert ssrf_guard.is_public_ip(address)


@given(st.ip_addresses())
def test_what_passes_is_global(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Nothing passes that Python's own tables call private or multicast."""
    if ssrf_guard.is_public_ip(str(address)) and not str(address).startswith("64:ff9b:"):
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize("hosts", ["127.0.0.1", (5,), ("http://a/",), ("a:b",), ("",), ("a/b",), 7])
def test_hosts_that_are_none_are_told(hosts: object) -> None:
    """A wrong FETCH_ALLOW_HOSTS is said with what to write."""
    with pytest.raises(ProblemsError, match=r'conf\.py:1:1: error\[setting\]: ".*" is not a host\. Write FETCH_ALLOW_HOSTS'):
        fetch_settings.read_allowed_hosts({"FETCH_ALLOW_HOSTS": hosts}, "conf.py")


@pytest.mark.parametrize("number", ["20", 0, True, 1.5, 10**9])
def test_numbers_that_are_none_are_told(number: object) -> None:
    """A wrong FETCH_SECONDS is said with what to write."""
    with pytest.raises(ProblemsError, match=r"whole number from 1 to 600\. Write FETCH_SECONDS = 20\."):
        fetch_settings.read_limits({"FETCH_SECONDS": number}, "conf.py")


def test_silent_settings_have_defaults() -> None:
    """Nothing needs to be stated."""
    assert fetch_settings.read_limits({}, "conf.py") == (20, 10)
    assert fetch_settings.read_allowed_hosts({}, "conf.py") == frozenset()


@pytest.mark.parametrize("url", ["http://localhost:8000", "", "https://пример.рф"])
def test_nobody_is_sent_to_an_address_that_is_none(url: str) -> None:
    """Where the site has no public address yet, none is told, and the header stays ASCII."""
    said = fetch_settings.user_agent(url)
    assert "+" not in said
    assert said.isascii()


def test_each_content_has_a_memory_of_its_own(tmp_path: Path) -> None:
    """Two content folders beside one settings file never share what is remembered."""
    places = [fetch_settings.cache_folder(tmp_path / "conf.py", tmp_path / name) for name in ("content", "other", "third")]
    assert places[0] == tmp_path / ".cache" / "fetch"
    assert len(set(places)) == 3


@pytest.mark.parametrize(
    ("line", "then"),
    [
        ("feed: http://a/", "feed: https://b/f"),
        ('feed: "http://a/#x"', "feed: https://b/f"),
        ("feed:", "feed: https://b/f"),
        ("feed: 'http://a/'  # old", "feed: https://b/f  # old"),
        ("site: http://a/", "site: http://a/\nfeed: https://b/f"),
    ],
)
def test_a_new_address_changes_one_line(line: str, then: str) -> None:
    """Whatever else an editor wrote stays."""
    text = "---\ntitle: پێنووس\n{}\ncity: هەولێر\n---\n\nfeed: in the text\n"
    changed = set_feed_field(text.format(line), "https://b/f")
    expected = (
        text.format(then) if line.startswith("feed") else text.format(line).replace("\n---\n\n", "\nfeed: https://b/f\n---\n\n")
    )
    assert changed == expected


def test_a_patch_of_nothing_is_empty() -> None:
    """Where nothing is proposed there is no patch."""
    assert make_patch([("a", "x\n", "x\n")]) == ""
