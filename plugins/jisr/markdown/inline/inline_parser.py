"""Parsing of inline content in one pass: emphasis, links, code, footnote references (CommonMark 0.31, 6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from xml.etree.ElementTree import Element

from jisr.core.bidi.control_characters import EMBEDDINGS
from jisr.markdown import attributes
from jisr.markdown.findings import Findings
from jisr.markdown.footnotes import Footnotes
from jisr.markdown.inline import link_targets
from jisr.markdown.inline.bare_addresses import find_bare_address, may_have_addresses
from jisr.markdown.inline.element_names import is_office_name
from jisr.markdown.inline.emphasis import DelimiterRun, pair_delimiters, scan_delimiter_run
from jisr.markdown.inline.inline_tokens import InlineToken, TokenWriter, shown_pieces, token_text
from jisr.markdown.inline.leftovers import may_have_leftovers, report_leftovers, report_products
from jisr.markdown.inline.link_definitions import LinkDefinitions
from jisr.markdown.inline.media_elements import build_media, unlink_film
from jisr.markdown.inline.raw_html import is_typed_tag, match_tag, skip_non_element
from jisr.markdown.source_map import Passage, strip_marks
from jisr.markdown.tree.element_builder import ElementBuilder

_SPECIAL = re.compile(r"[\\`*_\[\]!<&{\n]")
_TICKS = re.compile(r"`+")
_DELIMITERS = re.compile(r"\*+|_+")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s\x00-\x1f<>|]*+)>")
_MAIL = re.compile(r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255})>")
# The common case of emphasis: one or two asterisks on both sides, no Markdown within, no word character next to them.
# The pattern begins with its asterisk, for a fast search; the character before it is checked by a look-behind.
_SIMPLE_EMPHASIS = re.compile(
    r"\*(?<![^\s(«“„‘\"']\*)(\*?)([^\W_](?:[^*\n\\`_\[\]<&{]*[^*\n\\`_\[\]<&{\W])?)\*\1(?![^\s.,:;?!)»”’\"'،؛؟…-])"
)
_COMPLEX_SIGNS = ("[", "<", "&", "_", "`", "\\", "]", "{", " \n")  # searching each is faster than a character class
_LABEL_LENGTH = 999
_LABEL = re.compile(rf"\[((?:[^\[\]\\]|\\.){{0,{_LABEL_LENGTH}}})\]", re.S)


def build_simple_inline(builder: ElementBuilder, passage: Passage) -> bool:
    """Add a passage of text and simple emphasis only; return False where it needs the full parser."""
    text, at = passage.text, 0
    for sign in _COMPLEX_SIGNS:
        if sign in text:
            return False
    if may_have_addresses(text):
        return False
    if may_have_leftovers(text.replace("*", "")):
        return False
    matches = list(_SIMPLE_EMPHASIS.finditer(text)) if "*" in text else []
    if sum(2 + 2 * len(match[1]) for match in matches) != text.count("*"):
        return False
    for match in matches:
        builder.add_text(text[at : match.start()])
        builder.open(Element("strong" if match[1] else "em"), passage.position_at(match.start()))
        builder.add_text(match[2])
        builder.close()
        at = match.end()
    builder.add_text(text[at:])
    return True


@dataclass(slots=True)
class InlineParser:
    """Parses one passage into tokens."""

    passage: Passage
    definitions: LinkDefinitions
    notes: Footnotes
    findings: Findings
    tokens: list[InlineToken] = field(default_factory=list)
    runs: list[DelimiterRun] = field(default_factory=list)
    pairs: list[tuple[DelimiterRun, DelimiterRun]] = field(default_factory=list)
    brackets: list[InlineToken] = field(default_factory=list)
    backticks: dict[int, list[int]] = field(default_factory=dict)  # offsets of runs of backticks by length, the last first
    unterminated: set[str] = field(default_factory=set)

    def build(self, builder: ElementBuilder) -> None:
        """Add the passage to the tree."""
        text, at = self.passage.text, 0
        if "`" in text:
            for ticks in _TICKS.finditer(text):
                self.backticks.setdefault(len(ticks[0]), []).append(ticks.start())
            for places in self.backticks.values():
                places.reverse()
        address = find_bare_address(text, 0) if may_have_addresses(text) else None
        while True:
            match = _SPECIAL.search(text, at)
            start = match.start() if match else len(text)
            if address is not None and address.start < at:
                address = find_bare_address(text, at)
            if address is not None and address.start <= start:
                self._add_text(text[at : address.start], at)
                self.tokens.append(InlineToken("address", address.start, address.words, target=address.target))
                at = address.end
                continue
            self._add_text(text[at:start], at)
            if match is None:
                break
            at = _SIGN_HANDLERS[match[0]](self, start)
        self.pairs += pair_delimiters(self.runs)
        report_products(self.passage, self.pairs, self.findings)
        report_leftovers(self.passage, shown_pieces(self.tokens), self.findings)
        TokenWriter(builder, self.passage, self.findings).write(self.tokens)

    def _add_text(self, words: str, offset: int) -> int:
        if words:
            self.tokens.append(InlineToken("text", offset, words))
        return offset + len(words)

    def _escape(self, at: int) -> int:
        following = self.passage.text[at + 1 : at + 2]
        if following == "\n":
            return self._line_break(at, at + 2)
        if following and following in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
            self._add_text(following, at)
            return at + 2
        return self._add_text("\\", at)

    def _line_break(self, at: int, end: int) -> int:
        self.tokens.append(InlineToken("leaf", at, element=Element("br")))
        self._add_text("\n", end - 1)
        return end

    def _line_end(self, at: int) -> int:
        last = self.tokens[-1] if self.tokens else None
        if last and last.kind == "text" and last.text.endswith(" "):
            hard = last.text.endswith("  ")
            last.text = last.text.rstrip(" ")
            if hard:
                return self._line_break(at, at + 1)
        return self._add_text("\n", at)

    def _code_span(self, at: int) -> int:
        text = self.passage.text
        end = _TICKS.match(text, at).end()  # type: ignore[union-attr]
        places = self.backticks.get(end - at, [])  # none where the first backtick of a run is escaped
        while places and places[-1] < end:
            places.pop()
        if not places:
            return self._add_text(text[at:end], at)
        close = places[-1]
        words = text[end:close].replace("\n", " ")
        if words[0] == words[-1] == " " and words.strip(" "):
            words = words[1:-1]
        code = Element("code")
        code.text = words
        self.tokens.append(InlineToken("leaf", at, element=code))
        return close + end - at

    def _delimiter_run(self, at: int) -> int:
        text = self.passage.text
        end = _DELIMITERS.match(text, at).end()  # type: ignore[union-attr]
        self.runs.append(scan_delimiter_run(text, at, end))
        self.tokens.append(InlineToken("run", at, run=self.runs[-1]))
        return end

    def _entity(self, at: int) -> int:
        match = link_targets.match_entity(self.passage.text, at)
        if match is None:
            return self._add_text("&", at)
        words = link_targets.decode_entity(match[0])
        if any(character in EMBEDDINGS for character in words):
            text = '"{value}" turns the direction of what follows. Take it out.'
            self.findings.error(self.passage.position_at(at), "bidi", text, value=match[0])
        self._add_text(strip_marks(words), at)
        return match.end()

    def _angle_bracket(self, at: int) -> int:
        text = self.passage.text
        match = _AUTOLINK.match(text, at) or _MAIL.match(text, at)
        if match and not is_office_name(match[1].lower()):
            link = Element("a")
            address = match[1] if ":" in match[1] else f"mailto:{match[1]}"
            self.findings.set_link(link, "href", address, self.passage.position_at(at + 1))
            link.text = strip_marks(match[1])
            self.tokens.append(InlineToken("leaf", at, element=link))
            return match.end()
        if text[at + 1 : at + 2] in ("!", "?"):
            end = skip_non_element(self.passage, at, self.unterminated, self.findings)
            if end > 0:
                return end
        tag = match_tag(text, at, strict=True)
        if tag and is_typed_tag(tag, self.passage, self.findings):
            self.tokens.append(InlineToken("tag", at, tag=tag))
            return tag.end
        return self._add_text("<", at)

    def _attribute_list(self, at: int) -> int:
        match = attributes.INLINE_LIST.match(self.passage.text, at)
        if match is None or not self.tokens or self.tokens[-1].kind not in ("run", "close", "leaf"):
            return self._add_text("{", at)
        self.tokens.append(InlineToken("attributes", at, match[0]))
        return match.end()

    def _bracket(self, at: int) -> int:
        image = self.passage.text[at] == "!"
        if image and self.passage.text[at + 1 : at + 2] != "[":
            return self._add_text("!", at)
        end = at + 1 + image
        opener = InlineToken("bracket", at, self.passage.text[at:end], image=image, run_count=len(self.runs), end=end)
        self.tokens.append(opener)
        self.brackets.append(opener)
        return end

    def _close_bracket(self, at: int) -> int:
        if not self.brackets:
            return self._add_text("]", at)
        opener = self.brackets.pop()
        if not opener.active:
            return self._add_text("]", at)
        text = self.passage.text
        inside = text[opener.end : at] if at - opener.end <= _LABEL_LENGTH else ""
        if inside.startswith("^") and not opener.image and self._footnote_reference(opener, inside[1:]):
            return at + 1
        link = self._inline_target(at + 1) or self._reference_target(at + 1, inside)
        if link is None:
            return self._add_text("]", at)
        definition, end = link
        (self._close_image if opener.image else self._close_link)(opener, definition)
        return end

    def _inline_target(self, at: int) -> tuple[link_targets.LinkDefinition, int] | None:
        text = self.passage.text
        if text[at : at + 1] != "(":
            return None
        start = link_targets.skip_space(text, at + 1)
        destination = link_targets.match_destination(text, start)
        if destination is None:
            return None
        target, offset, end = destination
        title_start = link_targets.skip_space(text, end)
        title, title_end = link_targets.match_title(text, title_start) if title_start > end else ("", end)
        title_end = link_targets.skip_space(text, title_end)
        if text[title_end : title_end + 1] != ")":
            return None
        number, column = self.passage.position_at(min(offset, len(text) - 1))
        return link_targets.LinkDefinition("", target, title, number, column), title_end + 1

    def _reference_target(self, at: int, inside: str) -> tuple[link_targets.LinkDefinition, int] | None:
        text, end = self.passage.text, at
        name = inside
        if label := _LABEL.match(text, at):
            name, end = label[1] or inside, label.end()
        definition = self.definitions.use(name)
        return (definition, end) if definition else None

    def _footnote_reference(self, opener: InlineToken, name: str) -> bool:
        mark = self.notes.add_reference(name, self.passage.position_at(opener.offset))
        if mark is None:
            return False
        while self.tokens[-1] is not opener:
            self.tokens.pop()
        del self.runs[opener.run_count :]
        self.tokens[-1] = InlineToken("leaf", opener.offset, element=mark)
        return True

    def _close_link(self, opener: InlineToken, definition: link_targets.LinkDefinition) -> None:
        link = Element("a")
        if self._has_words(opener, definition):
            self.findings.set_link(link, "href", definition.target, (definition.number, definition.column))
        if definition.title:
            link.set("title", strip_marks(definition.title))
        self.pairs += pair_delimiters(self.runs[opener.run_count :])
        del self.runs[opener.run_count :]
        for token in takewhile(lambda token: token is not opener, reversed(self.tokens)):
            unlink_film(token.element)
        opener.kind, opener.element = "open", link
        self.tokens.append(InlineToken("close", opener.offset))
        for bracket in reversed(self.brackets):
            if not bracket.image:
                if not bracket.active:
                    break
                bracket.active = False

    def _has_words(self, opener: InlineToken, definition: link_targets.LinkDefinition) -> bool:
        """Whether a link has its words in their place; add a problem for one that has none, or that has an address there."""
        inner = list(takewhile(lambda token: token is not opener, reversed(self.tokens)))
        words = "".join(map(token_text, reversed(inner))).strip()
        position, target = self.passage.position_at(opener.offset), definition.target
        if not words and all(token.kind == "text" for token in inner):
            text = '"{value}" is a link without words, which nobody sees. Write words between its brackets.'
            self.findings.warning(position, "link", text, value=f"[]({target})")
        elif re.fullmatch(r"https?://\S+", words) and target and not re.search(r"[/#:.]", target):
            text = '"{value}" has its words in the place of its address. Write {right}.'
            right, value = f"[{target}]({words})", f"[{words}]({target})"
            self.findings.error(position, "link", text, value=value, right=right)
            return False
        return True

    def _close_image(self, opener: InlineToken, definition: link_targets.LinkDefinition) -> None:
        self.findings.beyond_words.append((self.passage.position_at(opener.offset), "!["))
        parts: list[str] = []
        while self.tokens[-1] is not opener:
            parts.append(token_text(self.tokens.pop()))
        del self.runs[opener.run_count :]
        words = strip_marks("".join(reversed(parts))).replace("\n", " ")
        media = build_media(words, definition, self.findings)
        if definition.title:
            media.set("title", strip_marks(definition.title))
        self.tokens[-1] = InlineToken("leaf", opener.offset, element=media)


_SIGN_HANDLERS = {
    "\\": InlineParser._escape,
    "`": InlineParser._code_span,
    "*": InlineParser._delimiter_run,
    "_": InlineParser._delimiter_run,
    "[": InlineParser._bracket,
    "!": InlineParser._bracket,
    "]": InlineParser._close_bracket,
    "<": InlineParser._angle_bracket,
    "&": InlineParser._entity,
    "{": InlineParser._attribute_list,
    "\n": InlineParser._line_end,
}
