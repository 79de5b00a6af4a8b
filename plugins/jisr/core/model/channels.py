"""How readers hear of what is new, pass a text on, and answer it: what the settings say of mail and messengers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language

SHARING = ("mail", "telegram", "whatsapp", "facebook", "copy", "qr")
MESSENGERS = ("telegram", "whatsapp", "signal")
CHANNELS = ("list", *MESSENGERS)
LETTER_FIELDS = ("from", "to", "unsubscribe")
AddressesByName = Mapping[str, Mapping[str, str]]
"""The name of a channel -> the tag of a language -> an address: an e-mail address or a URL."""


@dataclass(frozen=True, slots=True)
class Channels:
    """The settings SHARE, CHANNELS, REPLIES and NEWSLETTER."""

    share: tuple[str, ...] = ()
    follow: AddressesByName = field(default_factory=dict)
    replies: AddressesByName = field(default_factory=dict)
    reply_kinds: tuple[str, ...] = ()
    reply_form: str = ""  # the path on the host of the site to which a form on the page is sent
    reply_days: int = 0  # after its date, in which a text may be answered; 0 for always
    letter: AddressesByName = field(default_factory=dict)


def addresses_for(channels: AddressesByName, language: Language) -> dict[str, str]:
    """Return the addresses of channels that have one for readers of a language, in the order of the channels.

    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, ckb = build_languages(["ar", "ckb"])
    >>> addresses_for({"list": {"ar": "news@example.org"}}, ar), addresses_for({"list": {"ar": "news@example.org"}}, ckb)
    ({'list': 'news@example.org'}, {})
    """
    return {name: by_tag[language.tag] for name, by_tag in channels.items() if language.tag in by_tag}


def to_url(address: str) -> str:
    """Return an address as the target of a link.

    >>> to_url("news@example.org"), to_url("https://t.me/example")
    ('mailto:news@example.org', 'https://t.me/example')
    """
    return f"mailto:{address}" if "@" in address and "://" not in address and not address.startswith("mailto:") else address
