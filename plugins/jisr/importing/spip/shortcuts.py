"""The shortcuts of SPIP as HTML, and ``<multi>``, which holds a text in several languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from jisr.importing.store.footnote_signs import note_mark, note_start

_MULTI = re.compile(r"<multi>(.*?)</multi>", re.DOTALL | re.IGNORECASE)
_LANGUAGE = re.compile(r"\[([a-z]{2,3}(?:_[a-z]{2,3}(?:_[a-z]{2,3})?)?)\]")
_KEPT = re.compile(r"<(code|cadre|html|pre)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(r"\{\{\{(?P<level>\*{0,4})\s*(.*?)\}\}\}", re.DOTALL)
_BOLD = re.compile(r"\{\{(?!\{)(.+?)\}\}(?!\})", re.DOTALL)
_ITALIC = re.compile(r"\{(?!\{)([^{}]+?)\}(?!\})", re.DOTALL)
_NOTE = re.compile(r"\[\[(?:<[^>]*>)?(.*?)\]\]", re.DOTALL)
_LINK = re.compile(r"(?<!\\)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*?)->(?P<target>[^\[\]]*)\]")
_BARE_LINK = re.compile(r"(?<!\\)\[\?([^\[\]]+)\]")
_MODEL = re.compile(
    r"<(?P<name>img|doc|emb|image|document|art|video|audio|site|formulaire\w*)(?P<id>\d+)(?P<options>\|[^>]*)?>", re.IGNORECASE
)
_QUOTE = re.compile(r"<(/?)(?:quote|poesie|poetry)>", re.IGNORECASE)
_POEM = re.compile(r"<(poesie|poetry)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_LINE_END, _BREAK = re.compile(r"(?<!\n)\n(?!\n)"), "\n_ "
_INTRO = re.compile(r"</?intro>", re.IGNORECASE)
_TABLE_LINE = re.compile(r"\|.*\|\s*$")
_MOST_LEVELS = 8
_ITEM = re.compile(r"-(?P<level>[*#]+)\s*(?P<words>.*)|-\s+(?P<bullet>\S.*)", re.DOTALL)

Resolver = Callable[[str], tuple[str, str]]
"""Returns the address and the title of what a link names, as ``art12``."""


def split_multi(text: str) -> dict[str, str]:
    """Return the words of a text by language; the default is under an empty tag, what stands outside belongs to all.

    >>> split_multi("1. <multi>Rencontre [en] Meeting [ar] لقاء</multi>!")
    {'': '1. Rencontre!', 'en': '1. Meeting!', 'ar': '1. لقاء!'}
    >>> split_multi("plain")
    {'': 'plain'}
    """
    codes = {""}
    for multi in _MULTI.finditer(text):
        codes |= set(_parts(multi[1]))
    ordered = ["", *(code for code in _LANGUAGE.findall(text) if code in codes)]
    found = {}
    for code in dict.fromkeys(ordered):
        words = _MULTI.sub(lambda multi, own=code: _choose(_parts(multi[1]), own), text)  # type: ignore[misc]
        found[code] = words
    if len(found) > 1 and all(not _parts(multi[1]).get("") for multi in _MULTI.finditer(text)):
        del found[""]
    return found


def _parts(inner: str) -> dict[str, str]:
    pieces = _LANGUAGE.split(inner)
    parts = {"": pieces[0].strip()}
    parts.update({code: words.strip() for code, words in zip(pieces[1::2], pieces[2::2], strict=True)})
    return parts


def _choose(parts: dict[str, str], code: str) -> str:
    return parts.get(code) or parts.get("") or next((words for words in parts.values() if words), "")


def strip_number(title: str) -> str:
    """Return a title without the number by which SPIP sorts.

    >>> strip_number("12. Second meeting"), strip_number("2012. A year"), strip_number("3 rivers")
    ('Second meeting', '2012. A year', '3 rivers')
    """
    return re.sub(r"^\d{1,3}\.\s+", "", title.strip())


def to_html(text: str, resolve: Resolver, picture: Callable[[str, str], str]) -> str:
    """Return a text with shortcuts as HTML; ``picture`` returns the HTML of a document by its model and number."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match[1].lower() not in ("code", "cadre"):
            kept.append(match[2])
        elif "\n" in match[2]:
            kept.append(f"<pre>{escape(match[2].strip())}</pre>")
        else:
            kept.append(f"<code>{escape(match[2])}</code>")
        return f"\x1a{len(kept) - 1}\x1a"

    text = _KEPT.sub(keep, text.replace("\x1a", "").replace("\r\n", "\n").replace("\r", "\n"))
    text = _POEM.sub(lambda match: f"<quote>{_LINE_END.sub(_BREAK, match[2].strip())}</quote>", text)
    text = _QUOTE.sub(lambda match: f"\n\n<{match[1]}blockquote>\n\n", _INTRO.sub("", text))
    text = _MODEL.sub(lambda match: picture(match["name"].lower(), match["id"]), text)
    notes: list[str] = []

    def note(match: re.Match[str]) -> str:
        notes.append(_inline(match[1].strip(), resolve))
        return note_mark(len(notes))

    text = _NOTE.sub(note, text)
    blocks = [_block(one, resolve) for one in re.split(r"\n[ \t]*\n+", text) if one.strip()]
    html = "".join(blocks) + "".join(f"<p>{note_start(number)}{words}</p>" for number, words in enumerate(notes, 1))
    return re.sub("\x1a(\\d+)\x1a", lambda match: kept[int(match[1])], html)


def _inline(text: str, resolve: Resolver) -> str:
    def link(match: re.Match[str]) -> str:
        words, _, bubble = match["words"].partition("|")
        del bubble
        url, title = resolve(match["target"].strip())
        return f'<a href="{escape(url)}">{words.strip() or escape(title or url)}</a>' if url else words

    text = _LINK.sub(link, text)
    text = _BARE_LINK.sub(lambda match: match[1].partition("|")[0], text)
    text = _BOLD.sub(r"<strong>\1</strong>", text)
    text = _ITALIC.sub(r"<em>\1</em>", text)
    text = re.sub(r"\n_ +", "<br>", f"\n{text}").lstrip("\n")
    return text.replace("\\[", "[").replace("\\]", "]").replace("~", " ")


def _block(text: str, resolve: Resolver) -> str:
    """Return the HTML of what stands between empty lines."""
    text = text.strip("\n")
    if heading := _HEADING.search(text):
        before, after = text[: heading.start()].strip(), text[heading.end() :].strip()
        level = 2 + max(0, len(heading["level"]) - 1)
        title = f"<h{level}>{_inline(heading[2].strip(), resolve)}</h{level}>"
        return (_block(before, resolve) if before else "") + title + (_block(after, resolve) if after else "")
    lines = text.split("\n")
    if len(lines) == 1 and re.fullmatch(r"-{4,}|_{4,}", text.strip()):
        return "<hr>"
    if all(_TABLE_LINE.match(line) for line in lines if line.strip()):
        return _table(lines, resolve)
    if text.lstrip().startswith(("<blockquote>", "</blockquote>", "<figure>")):
        return text.strip()
    first = next((number for number, line in enumerate(lines) if _ITEM.match(line)), -1)
    if first >= 0:
        head = f"<p>{_inline(chr(10).join(lines[:first]), resolve)}</p>" if first else ""
        return head + _list(lines[first:], resolve)
    return f"<p>{_inline(text, resolve)}</p>"


def _list(lines: list[str], resolve: Resolver) -> str:
    """Return lists: ``-*`` and ``-#`` with as many signs as levels; a dash alone is a bullet."""
    items: list[tuple[int, str, str]] = []
    for line in lines:
        if match := _ITEM.match(line):
            level = match["level"] or "*"
            items.append((len(level), "ol" if level[-1] == "#" else "ul", match["words"] or match["bullet"] or ""))
        elif items:
            depth, kind, words = items[-1]
            items[-1] = (depth, kind, f"{words}\n{line}")
    out: list[str] = []
    open_lists: list[str] = []
    for signs, kind, words in items:
        depth = min(signs, _MOST_LEVELS)
        while len(open_lists) > depth:
            out.append(f"</li></{open_lists.pop()}>")
        if len(open_lists) == depth:
            out.append("</li>")
        while len(open_lists) < depth:
            open_lists.append(kind)
            out.append(f"<{kind}>")
            if len(open_lists) < depth:
                out.append("<li>")
        out.append(f"<li>{_inline(words.strip(), resolve)}")
    while open_lists:
        out.append(f"</li></{open_lists.pop()}>")
    return "".join(out)


def _table(lines: list[str], resolve: Resolver) -> str:
    """Return a table; ``||caption|summary||`` is its caption, ``|<|`` joins a cell with that before it."""
    rows: list[str] = []
    caption = ""
    for line in (one.strip() for one in lines if one.strip()):
        if line.startswith("||"):
            caption = line.strip("|").partition("|")[0]
            continue
        cells = line.strip().removeprefix("|").removesuffix("|").split("|")
        is_head = all(re.fullmatch(r"\s*\{\{.*\}\}\s*", one) for one in cells if one.strip())
        tag = "th" if is_head and not rows else "td"
        inner = "".join(f"<{tag}>{'' if one.strip() in ('<', '^') else _inline(one.strip(), resolve)}</{tag}>" for one in cells)
        rows.append(f"<tr>{inner}</tr>")
    head = f"<p><em>{_inline(caption, resolve)}</em></p>" if caption else ""
    return f"{head}<table>{''.join(rows)}</table>"
