"""The settings of mail and messengers: SHARE, CHANNELS, REPLIES, NEWSLETTER."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from jisr.core.diagnostics.problems import Problem
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Languages
from jisr.core.model.channels import CHANNELS, LETTER_FIELDS, MESSENGERS, SHARING, AddressesByName, Channels
from jisr.core.schema.kinds import COLLECTION_KINDS, Kinds
from jisr.core.schema.validation_context import suggest_language_tag, suggest_word

_MAIL = re.compile(r"[^\s@<>\"'?&#%]+@[^\s@<>\"'/?&#%]+")
_ADDRESS = re.compile(rf"{_MAIL.pattern}|https://[^\s<>\"'/]+(/[^\s<>\"']*)?|mailto:[^\s<>\"'@]+@[^\s<>\"']+")
_MOST_DAYS = 10_000
_PATH = re.compile(r"/[A-Za-z0-9_.~/-]*")
_EXAMPLES = {
    "CHANNELS": '{"list": "https://lists.example.org/", "telegram": {"ar": "https://t.me/example"}}',
    "REPLIES": '{"mail": "replies@example.org", "telegram": "https://t.me/example"}',
    "NEWSLETTER": '{"from": "news@example.org", "unsubscribe": "https://lists.example.org/leave"}',
}


@dataclass(frozen=True, slots=True)
class _ChannelReader:
    settings: Mapping[str, Any]
    languages: Languages
    error: Callable[..., Problem]

    def addresses(self, setting: str, names: tuple[str, ...], mail_only: tuple[str, ...] = ()) -> AddressesByName:
        """Return a setting that has an address for each of some names, one for all languages or by language."""
        value = self.settings.get(setting) or {}
        if not isinstance(value, Mapping):
            text = '"{value}" names no addresses. Write {name} = {example}, or leave it out.'
            self.error(setting, text, value=value, example=_EXAMPLES[setting])
            return {}
        for name in value:
            if name not in names:
                text = '"{value}" is not known in {name}. {hint}There are: {names}.'
                hint = suggest_word(str(name), names)
                self.error(setting, text, value=name, hint=hint, names=", ".join(names))
        found = {name: self._by_language(setting, value[name], name in mail_only) for name in names if value.get(name)}
        return {name: by_tag for name, by_tag in found.items() if by_tag}

    def _by_language(self, setting: str, value: object, mail_only: bool) -> dict[str, str]:
        """Return an address by language: of a mapping those of the languages of this site."""
        by_tag = value if isinstance(value, Mapping) else dict.fromkeys(self.languages.tags, value)
        found = {}
        for tag, address in by_tag.items():
            if tag not in self.languages.tags:
                text = '"{value}" is no language of this site. {hint}There are: {names}.'
                hint = suggest_language_tag(str(tag), self.languages.tags)
                self.error(setting, text, value=tag, hint=hint, names=", ".join(self.languages.tags))
            elif not isinstance(address, str) or not (_MAIL if mail_only else _ADDRESS).fullmatch(address):
                self._refuse(setting, address, mail_only)
                return {}
            else:
                found[tag] = address
        return {tag: found[tag] for tag in self.languages.tags if tag in found}

    def _refuse(self, setting: str, address: object, mail_only: bool) -> None:
        if mail_only:
            self.error(setting, '"{value}" is not an e-mail address. Write it whole, as name@example.org.', value=address)
        else:
            text = (
                '"{value}" is neither an e-mail address nor a whole one. Write news@example.org, or https://example.org/news.'
            )
            self.error(setting, text, value=address)


def read_channels(settings: Mapping[str, Any], languages: Languages, kinds: Kinds, error: Callable[..., Problem]) -> Channels:
    """Return what settings say of mail and messengers; ``error`` takes what is wrong, with the name of the setting."""
    reader = _ChannelReader(settings, languages, error)
    replies = settings.get("REPLIES") or {}
    rules: Mapping[str, object] = replies if isinstance(replies, Mapping) else {}
    if rules:
        ways = {name: value for name, value in rules.items() if name not in ("kinds", "days", "form")}
        reader = _ChannelReader({**settings, "REPLIES": ways}, languages, error)
    return Channels(
        share=_read_share(settings, error),
        follow=reader.addresses("CHANNELS", CHANNELS),
        replies=reader.addresses("REPLIES", ("mail", *MESSENGERS), ("mail",)),
        reply_kinds=_read_reply_kinds(rules.get("kinds"), kinds, error),
        reply_form=_read_reply_form(rules.get("form"), error),
        reply_days=_read_reply_days(rules.get("days"), error),
        letter=reader.addresses("NEWSLETTER", LETTER_FIELDS, ("from", "to")),
    )


def _read_share(settings: Mapping[str, Any], error: Callable[..., Problem]) -> tuple[str, ...]:
    value = settings.get("SHARE") or ()
    if isinstance(value, str) or not isinstance(value, tuple | list) or not all(one in SHARING for one in value):
        text = (
            '"{value}" names no ways to pass a text on. Write SHARE = ("mail", "telegram", "whatsapp", "facebook", "copy", '
            '"qr"), fewer, or () for none.'
        )
        error("SHARE", text, value=value)
        return ()
    return tuple(dict.fromkeys(value))


def _read_reply_days(value: object, error: Callable[..., Problem]) -> int:
    """Return for how many days after its date a text may be answered; 0 for always."""
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_DAYS:
        text = (
            '"{value}" is no number of days in which readers answer. Write "days": 90 in REPLIES, or leave it out for always.'
        )
        error("REPLIES", text, value=value)
        return 0
    return value


def _read_reply_form(value: object, error: Callable[..., Problem]) -> str:
    """Return the path to which the form under a text is sent: on the host of the site, since a page sends to no other."""
    if value is not None and not (isinstance(value, str) and _PATH.fullmatch(value)):
        text = '"{value}" is no path on the host of this site. Write "form": "/write" in REPLIES, or leave it out.'
        error("REPLIES", text, value=value)
        return ""
    return value or ""


def _read_reply_kinds(value: object, kinds: Kinds, error: Callable[..., Problem]) -> tuple[str, ...]:
    """Return the kinds whose texts may be answered: all with texts of their own, unless it is said."""
    names = [kind.name for kind in kinds if kind.dated and kind.name not in COLLECTION_KINDS]
    if value is None:
        return tuple(names)
    wanted = value if isinstance(value, tuple | list) else (value,)
    for name in wanted:
        if name not in names:
            text = '"{value}" is no kind of texts that readers answer. {hint}There are: {kinds}.'
            error("REPLIES", text, value=name, hint=suggest_word(str(name), names), kinds=", ".join(names))
    return tuple(name for name in names if name in wanted)
