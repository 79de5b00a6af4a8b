"""The content of a post as HTML: codes of WordPress and its plugins, blocks, paragraphs that empty lines make."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import KeysView, Mapping, Sequence
from urllib.parse import quote

from jisr.core.frozen import dataclass
from jisr.importing.store.footnote_signs import note_mark, note_start

_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|math|"
    "style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|"
    "iframe|video|audio|object|embed|script"
)
_BLOCK_TAG = re.compile(rf"(</?(?:{_BLOCKS})\b[^>]*>)", re.IGNORECASE)
_KEPT = re.compile(r"<(pre|script|style|textarea|code)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FILE_BUTTON = re.compile(r'<a\b[^>]*class="[^"]*wp-block-file__button[^"]*"[^>]*>.*?</a>', re.DOTALL | re.IGNORECASE)
_CODE = re.compile(
    r"\[(?P<escaped>\[)?(?P<end>/)?(?P<name>[A-Za-z][\w-]*)(?P<options>(?:\s+[^\[\]]*?)?)\s*(?P<closed>/)?\](?(escaped)\])"
)
_CAPTION = re.compile(
    r"\[(?P<name>(?:wp_)?caption)\b(?P<options>[^\]]*)\](?P<inner>.*?)\[/(?P=name)\]", re.DOTALL | re.IGNORECASE
)
_NOTE = re.compile(r"\[(?P<name>footnote|ref|fn|efn_note)\](?P<words>.*?)\[/(?P=name)\]", re.DOTALL | re.IGNORECASE)
_CAPTIONED = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_OPTION = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|”([^”]*)”|″([^″]*)″|([^\s'"]+))""")
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
}
_LIST_LINE = re.compile(r"\s*(?:(?P<bullet>[-•▪●*–])|(?P<number>\d{1,3})[.)-])\s+(?P<words>\S.*)", re.DOTALL)
_PARAGRAPH = re.compile(rf"<p(?P<options>[^>]*)>(?P<inner>(?:(?!</?(?:{_BLOCKS})\b).)*?)</p>", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PostPicture:
    """A file of the old site that a gallery names by its number."""

    url: str
    alt: str
    caption: str


def to_html(
    content: str,
    pictures: Mapping[str, PostPicture],
    changes: Counter[str],
    unknown: Counter[str],
    own: Sequence[str] = (),
) -> str:
    """Return the content of a post as HTML; ``changes`` counts what was replaced, ``unknown`` the codes that are not known.

    ``own`` are the numbers of the pictures that were uploaded for the post, which a gallery shows that names none.
    """
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    has_blocks = "<!-- wp:" in content
    if _FILE_BUTTON.search(content):
        content = _FILE_BUTTON.sub("", content)
    content, kept = _keep(content)
    content = _CAPTION.sub(lambda match: _captioned(match, changes), content)
    content = _mark_notes(content, changes)
    content = _replace_codes(content, pictures, changes, unknown, own)
    content = _COMMENT.sub("", content)
    if not has_blocks:
        changes["paragraphs"] += 1
        content = add_paragraphs(content)
    content = make_lists(content, changes)
    return re.sub("\x1a(\\d+)\x1a", lambda match: kept[int(match[1])], content)


def block_notes(stored: str) -> str:
    """Return the notes that the block of footnotes keeps beside a post, as it shows them.

    >>> block_notes('[{"id": "a1", "content": "A <em>note</em>"}]')
    '\\n\\n<ol><li id="a1">A <em>note</em> <a href="#a1-link">↩</a></li></ol>'
    """
    try:
        notes = json.loads(stored) if stored else []
        items = [(html.escape(one["id"]), str(one["content"])) for one in notes]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""
    shown = "".join(f'<li id="{name}">{words} <a href="#{name}-link">↩</a></li>' for name, words in items)
    return f"\n\n<ol>{shown}</ol>" if shown else ""


def _mark_notes(content: str, changes: Counter[str]) -> str:
    """Return a text whose codes for notes are signs, with the notes as its last paragraphs."""
    notes: list[str] = []

    def mark(match: re.Match[str]) -> str:
        notes.append(match["words"].strip())
        changes["codes"] += 1
        return note_mark(len(notes))

    content = _NOTE.sub(mark, content)
    return content + "".join(f"\n\n{note_start(number)}{words}" for number, words in enumerate(notes, 1))


def _keep(content: str) -> tuple[str, list[str]]:
    """Return a text with marks in place of code, in which nothing is replaced, and what the marks stand for."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x1a{len(kept) - 1}\x1a"

    return _KEPT.sub(keep, content.replace("\x1a", "")), kept


def _replace_codes(
    content: str,
    pictures: Mapping[str, PostPicture],
    changes: Counter[str],
    unknown: Counter[str],
    own: Sequence[str],
) -> str:
    """Return a text whose codes are HTML; of an unknown one what it holds stays, and words in brackets are no code."""
    names_with_end = {match["name"].lower() for match in _CODE.finditer(content) if match["end"]}

    def replace(match: re.Match[str]) -> str:
        name = match["name"].lower()
        if match["escaped"]:
            return match[0][1:-1]
        options = _options(match["options"])
        if name == "gallery" and not _gallery_ids(options):
            left = re.split(r"[,\s]+", options.get("exclude", ""))
            options["ids"] = ",".join(one for one in own if one not in left)
        if match["end"]:
            return _END.get(name, "") if name in names_with_start else match[0]
        if name == "gallery" and not _gallery_ids(options) & pictures.keys():
            unknown[name] += 1
            return ""
        made = _made(name, options, match["options"].strip(), pictures)
        if made is not None:
            changes["codes"] += 1
            return made
        if name in names_with_end or any(options) or (match["options"].strip() and "-" in name):
            unknown[name] += 1
            return ""
        return match[0]

    names_with_start = {match["name"].lower() for match in _CODE.finditer(content) if not match["end"]}
    return _CODE.sub(replace, content)


_END = {"embed": "\n\n"}


def _captioned(match: re.Match[str], changes: Counter[str]) -> str:
    """Return a picture with the words below it; old codes state these in an option."""
    changes["codes"] += 1
    picture = _CAPTIONED.match(match["inner"].strip())
    shown, words = (picture[0], match["inner"].strip()[picture.end() :]) if picture else ("", match["inner"])
    words = words.strip() or html.escape(_options(match["options"]).get("caption", ""))
    return f"\n\n<figure>{shown}<figcaption>{words}</figcaption></figure>\n\n"


def _options(text: str) -> dict[str, str]:
    return {match[1].lower(): next(filter(None, match.groups()[1:]), "") for match in _OPTION.finditer(text)}


def _made(name: str, options: Mapping[str, str], stated: str, pictures: Mapping[str, PostPicture]) -> str | None:
    """Return the HTML of a code, or None for one that is not known."""
    if name == "embed":
        return "\n\n"
    if name == "gallery":
        shown = (_figure(pictures[one]) for one in _gallery_ids(options) if one in pictures)
        return "\n\n" + "\n\n".join(shown) + "\n\n"
    if name in ("audio", "video", "playlist", "wpvideo"):
        url = next((value for value in options.values() if re.match(r"https?://|/", value)), "")
        return f'\n\n<p><a href="{html.escape(url)}">{html.escape(url.rpartition("/")[2])}</a></p>\n\n' if url else ""
    if name in _VIDEOS:
        identity = options.get("id") or options.get("v") or stated.strip(" =\"'")
        url = identity if "://" in identity else _VIDEOS[name].format(quote(identity, safe="?=&"))
        return f"\n\n{html.escape(url)}\n\n"
    if name in ("nextpage", "more", "toc", "contact-form-7", "contact-form", "wpforms"):
        return ""
    return None


def _gallery_ids(options: Mapping[str, str]) -> KeysView[str]:
    return dict.fromkeys(filter(None, re.split(r"[,\s]+", options.get("ids") or options.get("include", "")))).keys()


def _figure(picture: PostPicture) -> str:
    caption = f"<figcaption>{html.escape(picture.caption)}</figcaption>" if picture.caption else ""
    return f'<figure><img src="{html.escape(picture.url)}" alt="{html.escape(picture.alt)}">{caption}</figure>'


def add_paragraphs(content: str) -> str:
    """Return a text whose empty lines are paragraphs and whose line ends are breaks, but within tags of blocks.

    >>> add_paragraphs("one\\ntwo\\n\\nthree<ul><li>a</li></ul>four")
    '<p>one<br>two</p><p>three</p><ul><li>a</li></ul><p>four</p>'
    """
    parts = _BLOCK_TAG.split(content)
    out: list[str] = []
    depth = 0
    for part in parts:
        if _BLOCK_TAG.fullmatch(part):
            name = part.strip("</>").split()[0].lower().rstrip("/")
            depth += 0 if name in ("hr", "area", "embed", "col") else -1 if part.startswith("</") else 1
            out.append(part)
        elif depth > 0:
            out.append(_add_inner(part))
        else:
            depth = 0
            paragraphs = (one.strip() for one in re.split(r"\n\s*\n", part))
            out += [f"<p>{_break_lines(one)}</p>" for one in paragraphs if one]
    return "".join(out)


def _add_inner(text: str) -> str:
    """Return text within a block: empty lines between words make paragraphs there, too."""
    paragraphs = [one.strip() for one in re.split(r"\n\s*\n", text.strip("\n")) if one.strip()]
    if len(paragraphs) < 2:
        return _break_lines(text.strip("\n")) if text.strip() else text
    return "".join(f"<p>{_break_lines(one)}</p>" for one in paragraphs)


def _break_lines(text: str) -> str:
    return re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\s*\n", "<br>", text)


def make_lists(content: str, changes: Counter[str]) -> str:
    """Return HTML in which lines of a paragraph that all begin with a bullet or a number are a list.

    >>> make_lists("<p>- a<br>- b</p><p>1) x<br>2) y</p><p>- a</p>", Counter())
    '<ul><li>a</li><li>b</li></ul><ol start="1"><li>x</li><li>y</li></ol><p>- a</p>'
    """

    def replace(match: re.Match[str]) -> str:
        lines = [one for one in _BREAK.split(match["inner"]) if one.strip()]
        items = [_LIST_LINE.fullmatch(one) for one in lines]
        if len(lines) < 2 or not all(items):
            return match[0]
        found = [one for one in items if one]
        numbers = [int(one["number"]) for one in found if one["number"]]
        if numbers and (len(numbers) != len(found) or numbers != list(range(numbers[0], numbers[0] + len(numbers)))):
            return match[0]
        changes["lists"] += 1
        words = "".join(f"<li>{one['words'].strip()}</li>" for one in found)
        return f'<ol start="{numbers[0]}">{words}</ol>' if numbers else f"<ul>{words}</ul>"

    return _PARAGRAPH.sub(replace, content)
