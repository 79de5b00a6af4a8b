"""The settings of the menu, of the footer, and of the blocks of a home: MENU, FOOTER, HOME."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jisr.core.diagnostics.problems import Phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.model.site import FOOTER_GROUPS, HOME_BLOCKS, SECTIONS, FooterGroup, Navigation, NavigationEntry
from jisr.core.schema.kinds import Kinds
from jisr.core.schema.validation_context import suggest_language_tag, suggest_word

_ADDRESS = re.compile(r"(?:https?://[^\s/<>\"']+(?:/[^\s<>\"']*)?|mailto:[^\s<>\"'@]+@[^\s<>\"']+)")
_LIKE_ADDRESS = re.compile(r"[.:@]")  # what no section and no text has
_TEXT = re.compile(r"[a-z]+(?:/[a-z0-9-]+)+")
_EXAMPLES = {
    "MENU": 'MENU = ("timeline", {{"name": {{{words}}}, "to": "https://example.org/"}})',
    "FOOTER": 'FOOTER = ("find", {{"title": {{{words}}}, "links": ("timeline", "search")}}, "follow")',
    "HOME": 'HOME = ("lead", "news", "members")',
}


@dataclass(frozen=True, slots=True)
class _NavigationReader:
    """The value of a setting, the languages and kinds of the site, and who takes what is wrong or incomplete."""

    setting: str
    languages: Languages
    kinds: Kinds
    report_error: Callable[..., object]
    report_lack: Callable[..., None]

    def refuse(self, value: object) -> None:
        """Report a value of another form, with an example."""
        words = ", ".join(f'"{tag}": "…"' for tag in self.languages.tags)
        example = _EXAMPLES[self.setting].format(words=words)
        self.report_error(
            self.setting, '"{value}" cannot stand in {name}. Write it as {example}.', value=value, example=example
        )

    def entries(self, values: object) -> Iterator[NavigationEntry]:
        """Return the entries of a list, without those that are wrong."""
        if isinstance(values, str) or not isinstance(values, Sequence):
            self.refuse(values)
            return
        for value in values:
            entry = self.entry(value)
            if entry is not None:
                yield entry

    def entry(self, value: object) -> NavigationEntry | None:
        """Return an entry: a section or a text, or a mapping with own words."""
        if isinstance(value, str):
            return NavigationEntry(value) if self.is_target(value) else None
        if not isinstance(value, Mapping) or set(value) != {"name", "to"}:
            self.refuse(value)
            return None
        words, goal = self.words(value["name"]), value["to"]
        if isinstance(goal, str) and not _LIKE_ADDRESS.search(goal):
            return NavigationEntry(goal, words=words) if self.is_target(goal) and words else None
        addresses = self.addresses(goal)
        return NavigationEntry(addresses=addresses, words=words) if words and addresses else None

    def is_target(self, name: str) -> bool:
        """Whether a word can be a section or a text of this site; whether the text is there is seen later."""
        kinds = [kind.name for kind in self.kinds]
        if _TEXT.fullmatch(name):
            kind = name.partition("/")[0]
            if kind not in kinds:
                text = '"{value}" is no text: there is no kind "{kind}". {hint}There are: {kinds}.'
                hint = suggest_word(kind, kinds)
                self.report_error(self.setting, text, value=name, kind=kind, hint=hint, kinds=", ".join(kinds))
            return kind in kinds
        sections = [*kinds, *SECTIONS]
        if name not in sections:
            text = (
                '"{value}" is no section of this site. {hint}There are: {sections}; a text is written as "pages/about", an '
                "address whole, with a name."
            )
            hint = suggest_word(name, sections)
            self.report_error(self.setting, text, value=name, hint=hint, sections=", ".join(sections))
        return name in sections

    def addresses(self, value: object) -> dict[str, str]:
        """Return addresses by language, of one for all languages as of a mapping."""
        by_tag: Mapping[Any, Any] = value if isinstance(value, Mapping) else dict.fromkeys(self.languages.tags, value)
        for address in by_tag.values():
            if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
                text = '"{value}" is no whole address. Write https://example.org/, or mailto:news@example.org.'
                self.report_error(self.setting, text, value=address)
                return {}
        return {tag: by_tag[tag] for tag in self.languages.tags if tag in by_tag} if self.are_tags(by_tag) else {}

    def words(self, value: object) -> dict[str, str]:
        """Return words by language; none where they have another form."""
        if (
            not isinstance(value, Mapping)
            or not value
            or not all(isinstance(one, str) and one.strip() for one in value.values())
        ):
            self.refuse(value)
            return {}
        if not self.are_tags(value):
            return {}
        for tag in self.languages.tags:
            if tag not in value:
                text = '"{value}" in {name} has no words in "{tag}". Add "{tag}": "…" to it.'
                self.report_lack(self.setting, text, value=next(iter(value.values())), tag=tag)
        return {tag: value[tag] for tag in self.languages.tags if tag in value}

    def are_tags(self, by_tag: Mapping[Any, object]) -> bool:
        """Whether all keys of a mapping are languages of the site; reports the others."""
        unknown = [tag for tag in by_tag if tag not in self.languages.tags]
        for tag in unknown:
            hint: Phrase | str = suggest_language_tag(str(tag), self.languages.tags)
            text = '"{value}" is no language of this site. {hint}There are: {names}.'
            self.report_error(self.setting, text, value=tag, hint=hint, names=", ".join(self.languages.tags))
        return not unknown


def read_navigation(
    settings: Mapping[str, Any],
    languages: Languages,
    kinds: Kinds,
    error: Callable[..., object],
    lack: Callable[..., None],
) -> Navigation:
    """Return what settings say of menu, footer and home.

    ``error`` takes what is wrong, ``lack`` what is incomplete, each with the name of the setting.
    """
    menu, footer, home = (_NavigationReader(name, languages, kinds, error, lack) for name in ("MENU", "FOOTER", "HOME"))
    found = Navigation()
    if (value := settings.get("MENU")) is not None:
        found = replace(found, menu=tuple(menu.entries(value)))
    if (value := settings.get("FOOTER")) is not None:
        found = replace(found, footer=tuple(_read_footer(footer, value)))
    if (value := settings.get("HOME")) is not None:
        found = replace(found, home=tuple(_read_home(home, value)))
    return found


def _read_footer(reader: _NavigationReader, value: object) -> Iterator[FooterGroup]:
    """Return the groups of the footer: those of the theme by their names, and the site's own with title and links."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        reader.refuse(value)
        return
    for group in value:
        if isinstance(group, str) and group in FOOTER_GROUPS:
            yield FooterGroup(group)
        elif isinstance(group, str):
            text = '"{value}" is no group of the footer. {hint}There are: {groups}; an own one has a title and links.'
            hint = suggest_word(group, FOOTER_GROUPS)
            reader.report_error("FOOTER", text, value=group, hint=hint, groups=", ".join(FOOTER_GROUPS))
        elif not isinstance(group, Mapping) or set(group) != {"title", "links"}:
            reader.refuse(group)
        elif words := reader.words(group["title"]):
            yield FooterGroup(words=words, entries=tuple(reader.entries(group["links"])))


def _read_home(reader: _NavigationReader, value: object) -> Iterator[str]:
    """Return the blocks of a home in their order, each once."""
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(one, str) for one in value):
        reader.refuse(value)
        return
    for name in dict.fromkeys(value):
        if name in HOME_BLOCKS or (_TEXT.fullmatch(name) and reader.is_target(name)):
            yield name
        elif not _TEXT.fullmatch(name):
            text = '"{value}" is no block of a home. {hint}There are: {blocks}; a text is written as "pages/about".'
            hint = suggest_word(name, HOME_BLOCKS)
            reader.report_error("HOME", text, value=name, hint=hint, blocks=", ".join(HOME_BLOCKS))
