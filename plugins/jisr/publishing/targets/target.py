"""Where a site is published to: what the setting PUBLISH says, and what is wrong with it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.publishing.checks import url_ledger

DEFAULT_KEEP = 5

# What each target needs, and what it may have besides.
TARGETS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        "output": (frozenset(), frozenset()),
        "folder": (frozenset({"folder"}), frozenset({"keep"})),
        "rsync": (frozenset({"host", "folder"}), frozenset({"keep", "port", "identity", "known_hosts"})),
        "rclone": (frozenset({"remote"}), frozenset({"config"})),
    }
)
_COMMON_KEYS = frozenset({"target", "ledger"})
_NUMBER_KEYS = frozenset({"keep", "port"})
# No option of ssh can stand where a host does.
_HOST = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\])")
_REMOTE_FOLDER = re.compile(r"[A-Za-z0-9_/][A-Za-z0-9_./-]*")  # nothing that a shell elsewhere would read otherwise
_REMOTE = re.compile(r"(?::?[A-Za-z0-9_][^:\n]*:.*|/.+)")


@dataclass(frozen=True, slots=True)
class PublishTarget:
    """Where to, and how: an empty text where nothing is stated."""

    target: str = "output"
    folder: str = ""
    host: str = ""
    port: int = 22
    identity: str = ""
    known_hosts: str = ""
    remote: str = ""
    config: str = ""
    keep: int = DEFAULT_KEEP
    ledger: str = url_ledger.LEDGER_NAME


def parse_publish_setting(stated: Any, place: SourceLocation) -> PublishTarget:
    """Return where PUBLISH says to publish to. Raises ProblemsError with all that is wrong with it.

    >>> parse_publish_setting({"target": "folder", "folder": "/srv/www"}, SourceLocation("publishconf.py")).keep
    5
    """
    if not isinstance(stated, Mapping):
        text = 'PUBLISH is "{value}". Write it as {{"target": "folder", "folder": "/srv/www"}}.'
        raise ProblemsError(Problem.error(place, "setting", text, value=stated))
    problems = list(_setting_problems(stated, place))
    if problems:
        raise ProblemsError(*problems)
    return PublishTarget(**stated)


def _setting_problems(stated: Mapping[str, Any], place: SourceLocation) -> Iterator[Problem]:
    target = stated.get("target", "output")
    if target not in TARGETS:
        text = 'PUBLISH has the target "{value}". It may be {known}.{hint}'
        known = ", ".join(f'"{one}"' for one in TARGETS)
        yield Problem.error(place, "setting", text, value=target, known=known, hint=_suggest_match(str(target), TARGETS))
        return
    needed, allowed = TARGETS[target]
    for name in sorted(needed - stated.keys()):
        text = 'PUBLISH with the target "{target}" needs "{name}". plugins/jisr/publishing/README.md shows one.'
        yield Problem.error(place, "setting", text, target=target, name=name)
    for name, value in stated.items():
        if name not in needed | allowed | _COMMON_KEYS:
            text = 'PUBLISH has "{name}", which the target "{target}" does not know. Take it out.{hint}'
            hint = _suggest_match(str(name), needed | allowed | _COMMON_KEYS)
            yield Problem.error(place, "setting", text, name=name, target=target, hint=hint)
        elif wanted := _expected_value(target, name, value):
            text = 'PUBLISH has "{value}" for {name}. Write {wanted}.'
            yield Problem.error(place, "setting", text, value=value, name=name, wanted=wanted)


def _expected_value(target: str, name: str, value: Any) -> Phrase | None:
    """Say what a value should be, or nothing where it is that."""
    if name in _NUMBER_KEYS:
        good = isinstance(value, int) and not isinstance(value, bool) and value > 0
        return None if good else phrase("a number above 0")
    if not isinstance(value, str) or not value or not value.isprintable():
        return phrase("a text, as a path or a name")
    if name == "host" and not _HOST.fullmatch(value):
        return phrase("user@host or host")
    if name == "remote" and not _REMOTE.fullmatch(value):
        return phrase("a place of rclone, as s3:bucket/site")
    if target == "rsync" and name == "folder" and not _REMOTE_FOLDER.fullmatch(value):
        return phrase("a path of a-z, A-Z, 0-9 and _ . / -, which is below the home of the user where it is not absolute")
    return None


def _suggest_match(word: str, known: Any) -> Phrase | str:
    found = difflib.get_close_matches(word, sorted(known), n=1)
    return phrase(' Did you mean "{match}"?', match=found[0]) if found else ""
