"""What the channel of an export says of authors, languages, groups of translations and topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jisr.importing.old_languages import tag_of_locale
from jisr.importing.wordpress.wxr_reader import WxrElement
from jisr.ingest.sanitize.sanitizer import plain_title

_MEMBER = re.compile(r's:\d+:"(?P<tag>[A-Za-z_-]+)";(?:i:(?P<number>\d+)|s:\d+:"(?P<text>\d+)");')  # of a PHP array
_LOCALE = re.compile(r's:6:"locale";s:\d+:"([^"]*)"')
TOPIC_DOMAINS = {"category": "category", "post_tag": "tag", "tag": "tag"}


@dataclass(slots=True)
class Terms:
    """What the channel says of languages, groups of translations and topics."""

    languages: dict[str, str] = field(default_factory=dict)  # slug of Polylang -> tag of this site, or its locale
    post_groups: dict[str, tuple[str, str]] = field(default_factory=dict)  # id of a post -> group and slug of the language
    term_groups: dict[str, tuple[str, str]] = field(default_factory=dict)  # the same of topics
    authors: dict[str, str] = field(default_factory=dict)  # login -> name
    topics: dict[tuple[str, str], tuple[str, str, str, str]] = field(default_factory=dict)  # -> id, name, description, parent

    def read(self, one: WxrElement, tags: Sequence[str]) -> None:
        """Remember an element of the channel; ``tags`` are the languages of this site."""
        if one.name == "wp:author":
            name = one.get("wp:author_display_name") or one.get("wp:author_login")
            self.authors[one.get("wp:author_login")] = "" if "@" in name else plain_title(name)
        elif one.name == "wp:category":
            key = ("category", one.get("wp:category_nicename"))
            parent, description = one.get("wp:category_parent"), one.get("wp:category_description")
            self.topics[key] = (one.get("wp:term_id"), one.get("wp:cat_name"), description, parent)
        elif one.name == "wp:tag":
            key = ("tag", one.get("wp:tag_slug"))
            self.topics[key] = (one.get("wp:term_id"), one.get("wp:tag_name"), one.get("wp:tag_description"), "")
        elif one.name == "wp:term":
            self._read_term(one, tags)

    def _read_term(self, one: WxrElement, tags: Sequence[str]) -> None:
        taxonomy, slug = one.get("wp:term_taxonomy"), one.get("wp:term_slug")
        description = one.get("wp:term_description")
        if taxonomy == "language":
            locale = _LOCALE.search(description)
            self.languages[slug] = tag_of_locale(locale[1] if locale else slug, tags)
        elif taxonomy in ("post_translations", "term_translations"):
            groups = self.post_groups if taxonomy == "post_translations" else self.term_groups
            for match in _MEMBER.finditer(description):
                groups[match["number"] or match["text"]] = (slug, match["tag"])
        elif taxonomy in ("category", "post_tag"):
            key = (TOPIC_DOMAINS[taxonomy], slug)
            self.topics[key] = (one.get("wp:term_id"), one.get("wp:term_name"), description, one.get("wp:term_parent"))
