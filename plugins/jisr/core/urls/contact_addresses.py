"""Addresses by which people are reached beside mail: phone, Signal, and the key with which letters to them are encrypted."""

from __future__ import annotations

import re

from jisr.core.bidi.phone_numbers import phone_uri
from jisr.core.i18n.numbers import to_ascii_digits

FINGERPRINT_LENGTHS = (40, 64)  # hexadecimal digits of an OpenPGP key of version 4, of version 6 (RFC 9580)
_SIGNAL_NUMBER, _SIGNAL_NAME = "https://signal.me/#p/", "https://signal.me/#eu/"
# https://support.signal.org/hc/articles/6712070553754: letters, digits and underscores, then a point and a number.
_USERNAME = re.compile(r"@?([A-Za-z_][A-Za-z0-9_]{2,31}\.(?:0[1-9]|[1-9][0-9]{1,8}))")
_NAME_LINK = re.compile(rf"(?:https://|sgnl://)?{re.escape(_SIGNAL_NAME.removeprefix('https://'))}([A-Za-z0-9_-]{{20,100}})")
_NUMBER_LINK = re.compile(rf"(?:https://|sgnl://)?{re.escape(_SIGNAL_NUMBER.removeprefix('https://'))}(\+[0-9]{{8,15}})")
_PREFIX = re.compile(r"\s*(?:openpgp4fpr:|0x)", re.IGNORECASE)
_GAPS = re.compile(r"[\s:\u00a0\u202f-]+")


def dial_uri(typed: str) -> str:
    """Return a phone number as an address to dial (RFC 3966), or an empty string where it is none.

    >>> dial_uri("00 964 770 88 66 150"), dial_uri("٠٧٧٠ ٨٨٦ ٦١٥٠"), dial_uri("150")
    ('tel:+9647708866150', 'tel:+9647708866150', '')
    """
    number = phone_uri(typed)
    return f"tel:{number}" if number else ""


def read_signal(typed: str) -> str:
    """Return an account of Signal: a phone number as it is typed, a username, or its link; an empty string for anything else.

    >>> read_signal("@example.42"), read_signal("+964 770 886 6150"), read_signal("river"), read_signal("river.00")
    ('example.42', '+964 770 886 6150', '', '')
    """
    if name := _USERNAME.fullmatch(typed):
        return name[1]
    if link := _NAME_LINK.fullmatch(typed):
        return f"{_SIGNAL_NAME}{link[1]}"
    if number := _NUMBER_LINK.fullmatch(typed):
        return number[1]
    return typed if phone_uri(typed) else ""


def signal_url(account: str) -> str:
    """Return the address that opens a conversation in Signal; an empty string for a username, which is typed there.

    >>> signal_url("00 964 770 88 66 150"), signal_url("example.42")
    ('https://signal.me/#p/+9647708866150', '')
    """
    if account.startswith(_SIGNAL_NAME):
        return account
    number = phone_uri(account)
    return f"{_SIGNAL_NUMBER}{number}" if number else ""


def read_fingerprint(typed: str) -> str:
    """Return the digits of a fingerprint, whatever groups, signs and letters it is typed in; they are not counted here.

    >>> read_fingerprint("0x1234 abcd"), read_fingerprint("12:34:AB:CD"), read_fingerprint("١٢٣٤")
    ('1234ABCD', '1234ABCD', '1234')
    """
    return _GAPS.sub("", _PREFIX.sub("", to_ascii_digits(typed), count=1)).upper()


def group_fingerprint(fingerprint: str) -> str:
    """Return a fingerprint in groups of four digits, as two people compare it.

    >>> group_fingerprint("1234ABCD5678")
    '1234 ABCD 5678'
    """
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
