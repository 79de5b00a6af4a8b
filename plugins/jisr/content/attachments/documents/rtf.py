"""RTF 1.9: what a document loads or runs, and whom it names."""

from __future__ import annotations

import re
from itertools import takewhile

from jisr.content.attachments.documents.document_findings import DocumentFindings
from jisr.content.attachments.formats.damage import DamagedFileError

_OBJECT = re.compile(rb"\\(?:objdata|objautlink|objlink|objupdate|objemb|objocx|objhtml|objicemb)(?![a-z])", re.IGNORECASE)
_FIELD = re.compile(rb"\\fldinst(?![a-z])")
_CALLED = re.compile(r"\bDDE(?:AUTO)?\b|\b(?:INCLUDE(?:PICTURE|TEXT)|IMPORT|LINK|DATABASE)\b.{0,500}?(?://|\\\\)", re.DOTALL)
_TEMPLATE = re.compile(rb"\\\*\s*\\template(?![a-z])")
_FACTS = re.compile(rb"\\(author|operator|manager|company)(?![a-z])")
_REVISERS = re.compile(rb"\\(?:revtbl|atnauthor)(?![a-z])")
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\u(-?\d{1,6}) ?|\\([a-z]+)(-?\d+)? ?|\\(.)|([{}])|([^\\{}\r\n]+)", re.DOTALL | re.IGNORECASE
)
_REMOTE = re.compile(r"\s*(?:https?:|ftp:|//|\\\\)", re.IGNORECASE)
_GROUPS = re.compile(rb"\\(?:fldinst|template|author|operator|manager|company|revtbl|atnauthor)(?![a-z])")
_MAX_GROUPS = 10_000
_MAX_GROUP = 5_000  # letters of a field or a fact


def read_rtf(data: bytes) -> DocumentFindings:
    """Return what is found in a document. Raises DamagedFileError where it has more fields and names than anybody writes."""
    found = DocumentFindings()
    if sum(1 for _ in _GROUPS.finditer(data)) > _MAX_GROUPS:
        raise DamagedFileError
    for match in _OBJECT.finditer(data):
        found.add_action(match[0].decode().removeprefix("\\"))
    for match in _FIELD.finditer(data):
        for fallbacks in (1, 0):  # letters that stand for a letter that an old program does not know
            if called := _CALLED.search(_read_group(data, match.end(), fallbacks)):
                found.add_action(called[0].split()[0])
    for match in _TEMPLATE.finditer(data):
        if _REMOTE.match(target := _read_group(data, match.end())):
            found.add_action(target.strip())
        else:
            found.add_fact(target)
    for match in (*_FACTS.finditer(data), *_REVISERS.finditer(data)):
        for name in _read_group(data, match.end()).split(";"):
            if name.strip() != "Unknown":
                found.add_fact(name)
    return found


def _read_group(data: bytes, at: int, fallbacks: int = 1) -> str:
    """Return the words of a group from a place in it, as a program reads them."""
    depth, words, skipped, end = 0, [], 0, min(len(data), at + _MAX_GROUP)
    for match in takewhile(lambda one: one.start() < end, _TOKEN.finditer(data, at)):
        letter, number, word, _, sign, brace, plain = match.groups()
        if brace:
            depth += 1 if brace == b"{" else -1
            if depth < 0:
                break
        elif (letter or plain) and skipped:
            words.append((plain or b"")[skipped:].decode("cp1252", "replace"))
            skipped = 0
        elif letter:
            words.append(bytes([int(letter, 16)]).decode("cp1252", "replace"))
        elif number:
            words.append(chr(int(number) & 0xFFFF))
            skipped = fallbacks
        elif sign in (b"\\", b"{", b"}"):
            words.append(sign.decode())
        elif plain:
            words.append(plain.decode("cp1252", "replace"))
        elif word in (b"par", b"tab", b"line"):
            words.append(" ")
    return "".join(words)
