"""``.well-known/security.txt``: the contact for security reports (https://www.rfc-editor.org/rfc/rfc9116)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.model.site import Site
from jisr.core.schema.validation_context import suggest_word
from jisr.core.urls import paths

SECURITY_PATH = ".well-known/security.txt"
_LINK_FIELDS = ("contact", "encryption", "policy", "acknowledgments")
_LINK_PATTERN = re.compile(r"(https://|mailto:|tel:\+|openpgp4fpr:|dns:)\S+")
EXPIRY_WARNING = timedelta(days=30)
MAX_VALIDITY = timedelta(days=366)  # 2.5.5: an older file may be trusted though nobody maintains it


@dataclass(frozen=True, slots=True)
class SecurityContact:
    """Contact for security reports: the day on which it expires, and its links by the names of their fields."""

    expires: date
    links: tuple[tuple[str, str], ...]


def parse_security_setting(
    setting: Any, today: date, place: SourceLocation, strict: bool
) -> tuple[SecurityContact | None, list[Problem]]:
    """Return the contact that the setting SECURITY states, or None where it is invalid, and its problems."""
    if not isinstance(setting, Mapping):
        text = '"{value}" names nobody to tell of faults. Write SECURITY = {{"contact": "mailto:…", "expires": "{day}"}}.'
        day = (today + MAX_VALIDITY / 2).isoformat()
        return None, [Problem.error(place, "setting", text, value=setting, day=day)]
    problems = list(_unknown_field_problems(setting, place))
    links = tuple((name, link) for name in _LINK_FIELDS for link in _as_list(setting.get(name, ())))
    for name, link in links:
        if not _LINK_PATTERN.fullmatch(link):
            text = '"{value}" is no address for {name}. Write it whole, as mailto:security@example.org or https://example.org/report.'
            problems.append(Problem.error(place, "setting", text, value=link, name=name))
    if not any(name == "contact" for name, _ in links):
        text = 'SECURITY has no "contact". Add where faults are reported: "contact": "mailto:security@example.org".'
        problems.append(Problem.error(place, "setting", text))
    try:
        expires = date.fromisoformat(str(setting.get("expires")))
    except ValueError:
        text = 'SECURITY expires on "{value}", which is no day. Write one as {day}.'
        day = (today + MAX_VALIDITY / 2).isoformat()
        problems.append(Problem.error(place, "setting", text, value=setting.get("expires", ""), day=day))
        return None, problems
    problems += _expiry_problems(expires, today, place, strict)
    return (None if any(one.severity == "error" for one in problems) else SecurityContact(expires, links)), problems


def render_security_txt(contact: SecurityContact, site: Site) -> str:
    """Return the file: one line for each link, the expiry, then the languages of reports and the canonical address."""
    lines = [f"{name.capitalize()}: {link}" for name, link in contact.links]
    lines.append(f"Expires: {contact.expires.isoformat()}T00:00:00Z")
    lines.append("Preferred-Languages: " + ", ".join(site.languages.tags))
    lines.append(f"Canonical: {paths.absolute_url(site.url, SECURITY_PATH)}")
    return "\n".join(lines) + "\n"


def _as_list(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, tuple | list) else [str(value)]


def _unknown_field_problems(setting: Mapping[str, Any], place: SourceLocation) -> Iterator[Problem]:
    fields = (*_LINK_FIELDS, "expires")
    for name in setting:
        if name not in fields:
            text = 'SECURITY has "{name}", which security.txt does not know. {hint}Take it out; there are: {known}.'
            yield Problem.error(
                place, "setting", text, name=name, hint=suggest_word(str(name), fields), known=", ".join(fields)
            )


def _expiry_problems(expires: date, today: date, place: SourceLocation, strict: bool) -> Iterator[Problem]:
    if expires <= today:
        text = (
            'SECURITY expired on "{value}": nobody may rely on it. See whether it still holds, and write a day within a year.'
        )
        make = Problem.error if strict else Problem.warning
        yield make(place, "setting", text, value=expires)
    elif expires - today < EXPIRY_WARNING:
        text = 'SECURITY expires on "{value}", {days}. See whether it still holds, and write a later day.'
        days = phrase("{count} days from now", count=(expires - today).days)
        yield Problem.warning(place, "setting", text, value=expires, days=days)
    elif expires - today > MAX_VALIDITY:
        text = (
            'SECURITY expires on "{value}", more than a year from now. Write a day within a year, so that somebody looks again.'
        )
        yield Problem.warning(place, "setting", text, value=expires)
