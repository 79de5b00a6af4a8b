"""The graph of the versions of one text: one original, and translations that lead back to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jisr.content.read.version_parser import ParsedVersion
from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase
from jisr.core.schema.validation_context import suggest_word
from jisr.core.translation.blocks import DIGEST_LENGTH, parse_pin


def find_original(versions: Mapping[str, ParsedVersion]) -> ParsedVersion | None:
    """Return the one version without a ``translation`` field, or None where there is none or more than one."""
    originals = [version for version in versions.values() if version.is_original]
    return originals[0] if len(originals) == 1 else None


def version_problems(versions: Mapping[str, ParsedVersion], unread: frozenset[str]) -> list[Problem]:
    """Return what is wrong with the ``translation`` fields of a text.

    ``unread`` names languages whose file is there and could not be read: nothing is concluded from their absence.
    """
    problems = [] if unread else _original_problems(versions)
    if problems and not any(version.is_original for version in versions.values()):
        return problems  # that they lead in circles follows from it
    for version in versions.values():
        problems += _source_problems(version, versions, unread)
    return problems


def _original_problems(versions: Mapping[str, ParsedVersion]) -> list[Problem]:
    originals = [version for version in versions.values() if version.is_original]
    if len(originals) > 1:
        text = (
            '"{other}" and "{first}" both have no translation field, and a text has one original. Add '
            "translation: {{of: {first}}} here, or translation: {{of: {other}}} there."
        )
        originals.sort(key=lambda version: not _states_what_an_original_needs(version))
        first = originals[0].language.tag
        others = ((SourceLocation(one.path), one.language.tag) for one in originals[1:])
        return [Problem.error(place, "original", text, other=tag, first=first) for place, tag in others]
    if originals:
        return []
    version = next(iter(versions.values()))
    needed = ", ".join(one.name for one in version.kind.fields if one.required)
    for one in versions.values():
        source = (one.values.get("translation") or {}).get("of", "")
        if source and source not in versions:
            text = (
                '"{of}" is what this was translated from, and {file} is gone. Bring that file back, or make this version the '
                "original: take its translation field out, state its own {needed}{rest}."
            )
            rest = (
                phrase(", and name it in the others, as {of}", of=f"translation: {{of: {one.language.tag}}}")
                if len(versions) > 1
                else ""
            )
            values = {"of": source, "file": f"index.{source}.md", "needed": needed, "rest": rest}
            return [Problem.error(one.place("translation.of"), "original", text, **values)]
    text = (
        'Every version of "{id}" is called a translation, and none is the original. Take the translation field out '
        "of the version that was written first, and state its own {needed}."
    )
    return [Problem.error(version.place("translation"), "original", text, id=version.id, needed=needed)]


def _states_what_an_original_needs(version: ParsedVersion) -> bool:
    return all(one.name in version.places for one in version.kind.fields if one.required)


def _source_problems(version: ParsedVersion, versions: Mapping[str, ParsedVersion], unread: frozenset[str]) -> list[Problem]:
    """Return what is wrong with the language that a version names as its source."""
    if version.is_original:
        return []
    place = version.place("translation.of" if "translation.of" in version.places else "translation")
    translation = version.values.get("translation")
    if translation is None:  # empty or no mapping, which is reported for the field
        return []
    source = translation.get("of")
    if source is None:
        if "translation.of" in version.places:
            return []
        text = "The translation says no language it was made from. Write translation: {{of: {tag}}}."
        tag = next((one for one in versions if one != version.language.tag), version.language.tag)
        return [Problem.error(place, "translation", text, tag=tag)]
    if source not in versions and source not in unread:
        text = '"{of}" is no version of this text. {hint}Its other versions: {tags}. Name the one that was translated.'
        others = [tag for tag in versions if tag != version.language.tag]
        hint, tags = suggest_word(source, others), ", ".join(others) or phrase("none")
        return [Problem.error(place, "translation", text, of=source, hint=hint, tags=tags)]
    if source == version.language.tag:
        text = '"{of}" is this version itself. Name the language of the version that was translated.'
        return [Problem.error(place, "translation", text, of=source)]
    if _is_circular(version, versions):
        text = '"{of}" leads in a circle back to "{tag}". Let each version name the one it was really translated from.'
        return [Problem.error(place, "translation", text, of=source, tag=version.language.tag)]
    return _pin_problems(version, translation)


def _pin_problems(version: ParsedVersion, translation: Mapping[str, Any]) -> list[Problem]:
    """Return a problem where a pin cannot be parsed: the tools write it, and must read it."""
    pin = translation.get("pin", "")
    try:
        parse_pin(pin or "000000")
    except ValueError:
        text = (
            '"{pin}" is no pin: it holds a hash of {length} characters for each block of the original. Take the line out, or '
            "let inv translate write it with --pin."
        )
        return [Problem.error(version.place("translation.pin"), "pin", text, pin=pin, length=DIGEST_LENGTH)]
    return []


def _is_circular(version: ParsedVersion, versions: Mapping[str, ParsedVersion]) -> bool:
    visited: set[str] = set()
    tag = version.language.tag
    while tag in versions and not versions[tag].is_original:
        if tag in visited:
            return tag == version.language.tag
        visited.add(tag)
        tag = (versions[tag].values.get("translation") or {}).get("of", "")
    return False
