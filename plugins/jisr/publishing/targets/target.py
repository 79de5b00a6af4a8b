"""Publishing target: the setting PUBLISH, parsed and validated."""

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

# The required and the optional keys of each target.
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
# A host never starts like an option of ssh.
_HOST = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\])")
_REMOTE_FOLDER = re.compile(r"[A-Za-z0-9_/][A-Za-z0-9_./-]*")  # no special characters of a shell
_REMOTE = re.compile(r"(?::?[A-Za-z0-9_][^:\n]*:.*|/.+)")


@dataclass(frozen=True, slots=True)
class PublishTarget:
    """The target of publishing, with an empty string for each key that is not stated."""

    kind: str = "output"
    folder: str = ""
    host: str = ""
    port: int = 22
    identity: str = ""
    known_hosts: str = ""
    remote: str = ""
    config: str = ""
    keep: int = DEFAULT_KEEP
    ledger: str = url_ledger.LEDGER_NAME


def parse_publish_setting(setting: Any, place: SourceLocation) -> PublishTarget:
    """Return the target that PUBLISH states. Raises ProblemsError with all its problems.

    >>> parse_publish_setting({"target": "folder", "folder": "/srv/www"}, SourceLocation("publishconf.py")).keep
    5
    """
    if not isinstance(setting, Mapping):
        text = 'PUBLISH is "{value}". Write it as {{"target": "folder", "folder": "/srv/www"}}.'
        raise ProblemsError(Problem.error(place, "setting", text, value=setting))
    problems = list(_setting_problems(setting, place))
    if problems:
        raise ProblemsError(*problems)
    keys = {"kind" if name == "target" else name: value for name, value in setting.items()}
    return PublishTarget(**keys)


def _setting_problems(setting: Mapping[str, Any], place: SourceLocation) -> Iterator[Problem]:
    target = setting.get("target", "output")
    if target not in TARGETS:
        text = 'PUBLISH has the target "{value}". It may be {known}.{hint}'
        known = ", ".join(f'"{one}"' for one in TARGETS)
        yield Problem.error(place, "setting", text, value=target, known=known, hint=_suggest_match(str(target), TARGETS))
        return
    needed, allowed = TARGETS[target]
    for name in sorted(needed - setting.keys()):
        text = 'PUBLISH with the target "{target}" needs "{name}". plugins/jisr/publishing/README.md shows one.'
        yield Problem.error(place, "setting", text, target=target, name=name)
    for name, value in setting.items():
        if name not in needed | allowed | _COMMON_KEYS:
            text = 'PUBLISH has "{name}", which the target "{target}" does not know. Take it out.{hint}'
            hint = _suggest_match(str(name), needed | allowed | _COMMON_KEYS)
            yield Problem.error(place, "setting", text, name=name, target=target, hint=hint)
        elif expected := _expected_value(target, name, value):
            text = 'PUBLISH has "{value}" for {name}. Write {wanted}.'
            yield Problem.error(place, "setting", text, value=value, name=name, wanted=expected)


def _expected_value(target: str, name: str, value: Any) -> Phrase | None:
    """Return a description of the expected value, or None where the value is valid."""
    if name in _NUMBER_KEYS:
        is_valid = isinstance(value, int) and not isinstance(value, bool) and value > 0
        return None if is_valid else phrase("a number above 0")
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
    matches = difflib.get_close_matches(word, sorted(known), n=1)
    return phrase(' Did you mean "{match}"?', match=matches[0]) if matches else ""
