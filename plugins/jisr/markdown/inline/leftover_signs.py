"""The signs of Markdown and of other programs that may be left over in words, and what to write in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from jisr.core.frozen import dataclass
from jisr.core.urls.outside_addresses import outside_address
from jisr.markdown.blocks.block_starts import CLOSE_TAG, OPEN_TAG
from jisr.markdown.inline.element_names import VOID_TAGS, is_html_name
from jisr.markdown.inline.emphasis import scan_delimiter_run

_Values = Callable[[re.Match[str]], Mapping[str, str] | None]

_WRITE = '"{value}" is shown to readers as it was typed. Write {right}.'
_LINK = '"{value}" makes no link, and is shown to readers as it was typed. Write [words](address), without spaces in between.'
_WIKI = (
    '"{value}" is a link of another program, and is shown to readers as it was typed. Write {mark}[{words}](…) with the '
    "folder of the text, the name of the file or a web address for the dots."
)
_REFERENCE = (
    '"{value}" refers to an address that is not given, and is shown to readers as it was typed. Write [{words}](…) with the '
    "address for the dots."
)
_COMMAND = (
    '"{value}" is a command of another program, and is shown to readers as it was typed. Write what it stands for, or take it '
    "out. Where it is meant so, write a backslash before it."
)
_ATTRIBUTES = (
    '"{value}" is shown to readers as it was typed. Write it at the end of the paragraph, or directly behind a link, emphasis '
    "or code."
)
_STARS = (
    '"{value}" is shown to readers as it was typed: its stars have no counterpart. Write <strong>…</strong> around the words, '
    "or take the stars out."
)
_STAR = (
    '"{value}" is shown to readers as it was typed: its star has no counterpart. Write one on the other side of the words, '
    "too, or {right} where a star is meant."
)
_NOTE = (
    '"{value}" makes no note, and is shown to readers as it was typed. Write {right} in its place, and {right}: {words} on a '
    "line of its own."
)
_TASK = '"{value}" makes no box to tick, and is shown to readers as it was typed. Write ☐ or ☑ in its place.'
_COMMENT = (
    '"{value}" begins a note that does not end in its paragraph, so that readers see it. Write --> at its end, and begin it on '
    "a line of its own where it has an empty line."
)
_TABLE = '"{value}" begins no table: it lacks a second line of dashes with as many columns. Write {right} there.'
_TABBED = (
    '"{value}" is the first row of a table that was pasted, and its rows run together. Write {right}, {dashes} on the line '
    "below, and the other rows as the first one."
)
_FENCE = '"{value}" begins no code. Write ``` in its place.'
_IN_HTML = (
    '"{value}" stands right after a tag, where Markdown is shown to readers as it was typed. Leave an empty line between the '
    "tags and the words."
)

_WEB = r"(?:(?:https?|ftp)://|www\.|mailto:)"
_PATH = r"(?:\.{1,2}/|[^\s()\[\]]+\.(?:md|pdf|png|jpe?g|webp|avif|gif|svg|docx?|odt|mp[34])(?![^\s()\[\]]))"
_COMMANDS = "caption|gallery|embed|audio|video|playlist|youtube|vimeo|contact-form(?:-7)?|toc|_toc_|more|read_?more|button"
_ADMONITIONS = (
    "(?-i:note|tip|info|warning|danger|abstract|summary|success|question|failure|bug|example|quote|important|hint|caution|"
    "attention|error|todo|seealso)"
)
_TITLE = re.compile(r"(?P<address>.+?)\s+[«“”„‘’'\"](?P<title>[^\"]*?)[»“”‘’'\"]?")
_NEXT_BULLET = re.compile(r"[^\n]*\n\*[^\W\d_]")
_TAG = re.compile(f"{OPEN_TAG}|{CLOSE_TAG}")
_SPACES = re.compile(r"[ \u00a0]+")
_SIZE = re.compile(r"\s*(?:=\d*x\d*|\|\d+(?:x\d+)?)$")
_PICTURE = r"[^()\[\]\n]+\.(?:png|jpe?g|webp|avif|gif|svg)"
_OPEN, _CLOSE, _WORDS = "[\\[［【]", "[\\]］】]", r"(?P<words>[^\[\]［］【】\n]+)"


@dataclass(frozen=True, slots=True)
class LeftoverSign:
    """A pattern: it applies where the text has its needle, and where its groups ``sign…`` are shown as typed."""

    needle: str
    source: str
    message: str
    values: _Values

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its pattern, compiled where a text first has its needle: few texts have any."""
        return _compile(self.source)


@cache
def _compile(source: str) -> re.Pattern[str]:
    return re.compile(source, re.MULTILINE | re.IGNORECASE)


def _sign(needle: str, message: str, pattern: str, values: _Values = lambda _: {}) -> LeftoverSign:
    return LeftoverSign(needle, pattern, message, values)


def _write_link(match: re.Match[str]) -> Mapping[str, str] | None:
    """Return a link as it is written: in angle brackets where its address has spaces or brackets."""
    named = match.groupdict()
    target, image, title = match["target"].strip().strip("<>").strip(), named.get("image") or "", ""
    target = _SIZE.sub("", target if "[" in target or "]" not in target[-1:] else target.rstrip("]"))
    if titled := _TITLE.fullmatch(target):
        target, title = titled["address"], f' "{titled["title"]}"'
    target = outside_address(target) or target
    if re.match(_WEB, target, re.IGNORECASE):
        target = re.sub(r"\s", "%20", target)
    if re.search(r"[\s()]", target):
        target = f"<{target}>"
    return (
        {"right": f"{image}[{(named.get('words') or '…').strip()}]({target}{title})"} if target and "\n" not in target else None
    )


def _write_emphasis(match: re.Match[str]) -> Mapping[str, str] | None:
    """Return emphasis without spaces at its edges; as a tag where its signs would make none even so."""
    mark, words = match["sign"], match["words"].strip()
    if not words:
        return None
    start, end = match.start("sign"), match.start("sign") + len(mark) + len(words)
    text = f"{match.string[:start]}{mark}{words}{mark}{match.string[match.end('sign2') :]}"
    opens = scan_delimiter_run(text, start, start + len(mark)).can_open
    closes = scan_delimiter_run(text, end, end + len(mark)).can_close
    name = "em" if len(mark) == 1 else "strong"
    return {"right": f"{mark}{words}{mark}" if opens and closes else f"<{name}>{words}</{name}>"}


def _write_quotes(match: re.Match[str]) -> Mapping[str, str]:
    stars = "**" if len(match["sign"]) == 3 else "*"
    return {"right": f"{stars}{match['words']}{stars}"}


def _write_star(match: re.Match[str]) -> Mapping[str, str] | None:
    """Return a star that is meant as one; nothing for one of several bullets without a space."""
    text, start = match.string, match.start()
    if match["sign"] and (text[start - 1 : start] == "\n" or (not start and _NEXT_BULLET.match(text))):
        return None
    return {"right": match[0].replace("*", "\\*")}


def _write_note(match: re.Match[str]) -> Mapping[str, str]:
    return {"right": f"[^n{match.string.count('^[', 0, match.end())}]", "words": match["words"].strip()}


def _write_attributes(match: re.Match[str]) -> Mapping[str, str]:
    return {"right": f"{{: {match['words'].strip()}}}"}


def _write_tag(name: str) -> _Values:
    return lambda match: {"right": f"<{name}>{match['words'].strip()}</{name}>"}


def _write_html(match: re.Match[str]) -> Mapping[str, str] | None:
    """Return a tag without the spaces and signs that make it none; letters between spaces are those of a comparison."""
    name, rest = match["name"].lower(), match["rest"].strip(" \t\n\u00a0/")
    is_comparison = match["space"] and not match["close"] and match["rest"].isspace() and len(name) == 1
    if is_comparison or not is_html_name(name) or _TAG.fullmatch(match[0]):
        return None
    close = "/" if match["close"] and name not in VOID_TAGS else ""
    return {"right": f"<{close}{' '.join((match['name'], *rest.split()))}>"}


def _write_autolink(match: re.Match[str]) -> Mapping[str, str]:
    target = match["target"].strip()
    return {"right": f"<{outside_address(target) or re.sub(_SPACES, '%20', target)}>"}


def _write_row(match: re.Match[str]) -> Mapping[str, str] | None:
    """Return the first row of a table as it is written; nothing where its first cell is the sign of an item."""
    cells = [cell.strip() for cell in re.split(r"\t+", match["value"].strip())]
    above = match.string.rfind("\n", 0, max(match.start() - 1, 0)) + 1
    if "\t" in match.string[above : match.start()] or not re.search(r"\w{2}", cells[0]):
        return None
    return {"right": f"| {' | '.join(cells)} |", "dashes": "|" + "---|" * len(cells)}


def _write_dashes(match: re.Match[str]) -> Mapping[str, str]:
    row = match["value"].strip().removeprefix("|").removesuffix("|")
    return {"right": "|" + "---|" * (len(re.findall(r"(?<!\\)\|", row)) + 1)}


def _write_heading(match: re.Match[str]) -> Mapping[str, str]:
    return {"right": f"## {match['words'].strip()}"}


def _wiki_words(match: re.Match[str]) -> Mapping[str, str]:
    return {"words": match["words"].rpartition("|")[2].strip(), "mark": match["image"]}


def _command_values(match: re.Match[str]) -> Mapping[str, str] | None:
    """Return nothing for an end whose beginning was reported."""
    name = match["end"]
    return None if name and f"[{name}" in match.string[: match.start()].lower() else {}


def _reference_words(match: re.Match[str]) -> Mapping[str, str] | None:
    is_citation = match["words"].strip().isdigit() and match["name"].strip().isdigit()
    return None if is_citation else {"words": match["words"]}


LEFTOVER_SIGNS = (
    _sign("<!--", _COMMENT, r"(?P<sign><!--)[^\n]{0,40}"),
    _sign("[[", _WIKI, r"(?P<image>!?)(?P<sign>\[\[)(?P<words>[^\[\]\n]+)(?P<sign2>\]\])(?!\()", _wiki_words),
    _sign(
        "](",
        _WRITE,
        r"(?P<image>!?)\[(?P<words>[^\[\]\n]*)(?P<sign>\]\()(?P<target>(?:[^()\n]|\([^()\n]*\))+)\)",
        _write_link,
    ),
    _sign(
        "](",
        _WRITE,
        r"(?P<image>!?)\[(?P<words>[^\[\]\n]*)(?P<sign>\]\()(?P<target>[^\s()]*[/.:#@][^\s()]+)(?=\s|\Z)",
        _write_link,
    ),
    _sign("](", _LINK, r"(?P<sign>\]\()[^\n]{0,40}"),
    _sign(
        "]",
        _WRITE,
        r"(?P<image>!?)\[(?P<words>[^\[\]\n]+)(?P<sign>\])(?:[ \t]+\n?|\n)[ \t]*"
        rf"\((?P<target>(?:{_WEB}|{_PATH})(?:[^()\n]|\([^()\n]*\))*)\)",
        _write_link,
    ),
    _sign(
        "]",
        _WRITE,
        rf"{_OPEN}{_WORDS}(?P<sign>{_CLOSE})(?:[{{<（]|:\()\s*(?P<target>{_WEB}[^\s()（）{{}}<>]+)\s*[}}>）)]",
        _write_link,
    ),
    *(
        _sign(sign, _WRITE, rf"{_OPEN}{_WORDS}(?P<sign>{sign})[ \t]*[(（](?P<target>{_WEB}[^\s()（）]+)[)）]", _write_link)
        for sign in "］】"
    ),
    _sign(")(", _WRITE, rf"\((?P<words>[^()\n]+)(?P<sign>\)\()(?P<target>{_WEB}[^\s()]+)\)", _write_link),
    _sign("|", _WRITE, rf"(?P<sign>[<\[])(?P<target>{_WEB}[^\s|\[\]<>]+)\|(?P<words>[^\n|\[\]<>]+)[>\]]", _write_link),
    _sign("|", _WRITE, rf"(?P<sign>\[)(?P<words>[^\n|\[\]<>]+)\|(?P<target>{_WEB}[^\s|\[\]<>]+)\]", _write_link),
    _sign(")[", _WRITE, rf"\((?P<target>{_WEB}[^()\s]+)(?P<sign>\)\[)(?P<words>[^\[\]\n]+)\]", _write_link),
    _sign(
        "[",
        _WRITE,
        rf"(?:link:)?(?P<target>{_WEB}[^\s\[\]()]{{1,400}})(?P<sign>\[)(?P<words>(?!/|\d+\])[^\[\]\n]+)\](?![(\[])",
        _write_link,
    ),
    _sign("!(", _WRITE, rf"(?P<sign>(?P<image>!))(?:\((?P<target>{_PICTURE})\))", _write_link),
    _sign("![", _WRITE, rf"(?P<sign>(?P<image>!)\[)(?P<target>{_PICTURE})\](?![(\[])", _write_link),
    _sign("! ", _WRITE, rf"(?P<sign>(?P<image>!) )\[(?P<words>[^\[\]\n]*)\]\((?P<target>{_PICTURE})\)", _write_link),
    _sign("{", _WRITE, r"(?<=[)*_`\]])(?P<sign>\{)(?P<words>[a-z-]+=[^{}\n]+)\}", _write_attributes),
    _sign("^[", _NOTE, r"(?P<sign>\^\[)(?P<words>[^\[\]\n]+)\](?!\()", _write_note),
    _sign(")[", _WRITE, rf"\((?P<words>[^()\[\]\n]+)\)(?P<sign>\[)(?P<target>(?:{_WEB}|{_PATH})[^\[\]\n]*)\]", _write_link),
    _sign("[", _WRITE, rf"(?P<sign>\[)(?P<target>{_WEB}[^\s\[\]]+)[ \t]+(?P<words>[^\[\]\n]+)\]", _write_link),
    _sign("->", _WRITE, r"(?P<sign>\[)(?P<words>[^\[\]\n]+?)->(?P<target>[^\[\]\n]+)\]", _write_link),
    _sign('":', _WRITE, rf"(?P<sign>\")(?P<words>[^\"\n]+)\":(?P<target>{_WEB}[^\s]*[\w/])", _write_link),
    _sign(
        "{",
        _COMMAND,
        r"(?P<sign>\{\{[<%])[^{}\n]*(?:\}\})?|(?P<sign2>\{%)[^{}\n]*\}?|(?P<sign3>\{/)[a-z]+\}"
        r"|(?P<sign4>\{\{)(?!\s*[a-z0-9_.]*\s*\}\})[^{}\n]+\}\}",
    ),
    _sign(
        "<",
        _WRITE,
        r"(?<![{<])(?P<sign><)(?P<space>[ \t\u00a0]*+)(?P<close>[/\\]?)[ \t\u00a0]*+(?P<name>[a-z][a-z0-9]*)"
        r"(?P<rest>\s[^<>=]*=[^<>]*|[\s/]*)(?:>|(?<=<br|br/|<hr|hr/)\Z)",
        _write_html,
    ),
    _sign("<", _WRITE, rf"(?P<sign><)(?P<target>{_WEB}[^<>|\n]*[ \u00a0][^<>|\n]*)>", _write_autolink),
    _sign("<%", _COMMAND, r"(?P<sign><%)[^<>\n]*(?:%>)?"),
    _sign(
        "[",
        _COMMAND,
        rf"(?P<sign>\[)(?:(?:{_COMMANDS})(?:\s[^\[\]\n]*)?|/(?P<end>[a-z][\w-]*)"
        r"|[a-z][\w-]*\s[^\[\]\n=]*=[ ]?[\"'“”«’][^\[\]\n]*|(?:url|img|size|color|quote|font|email|list)=[^\[\]\n]+"
        r"|(?P<name>[a-z][\w-]*)(?=\][^\n]{1,500}\[/(?P=name)\])|![a-z]+)\](?!\()",
        _command_values,
    ),
    _sign("][", _REFERENCE, r"\[(?!/)(?P<words>[^\[\]\n]+)(?P<sign>\]\[)(?P<name>[^\[\]\n]*)\]", _reference_words),
    _sign(":::", _COMMAND, r"^(?P<sign>:{3,})[^\n]{0,40}"),
    _sign("!!!", _COMMAND, rf"^(?P<sign>!!!)[ ]?{_ADMONITIONS}(?=[ ]*$|[ ]+[\"“])[^\n]{{0,40}}"),
    _sign("???", _COMMAND, rf"^(?P<sign>\?\?\?)\+?[ ]?{_ADMONITIONS}(?=[ ]*$|[ ]+[\"“])[^\n]{{0,40}}"),
    _sign("::", _COMMAND, r"^(?P<sign>\.\. )[\w-]+::[^\n]{0,40}"),
    _sign(":", _COMMAND, r"(?<![\w:/])(?P<sign>:)(?:[a-z][a-z0-9_+-]+|[+-]1|100|[xo]):(?![\w:/])"),
    _sign("{", _ATTRIBUTES, r"(?P<sign>\{:)[^{}\n]{1,500}\}|(?P<sign2>\{[.#])[\w-]+(?:\s[^{}\n]*)?\}"),
    _sign("[", _TASK, r"(?:^|(?<=- )|(?<=\* ))(?P<sign>\[x?\])(?=[ \u00a0])|(?P<sign2>\[[ \u00a0]\])"),
    _sign("~~", _WRITE, r"(?<!~)(?P<sign>~~)(?P<words>[^~\n]*\S[^~\n]*)~~(?!~)", _write_tag("del")),
    _sign("==", _WRITE, r"(?<!=)(?P<sign>==)(?=\S)(?P<words>[^=\n]+)(?<=\S)==(?!=)", _write_tag("mark")),
    _sign("++", _WRITE, r"(?<![+\w])(?P<sign>\+\+)(?=[^\s+])(?P<words>[^+\n]+)(?<=\S)\+\+(?![+\w])", _write_tag("ins")),
    _sign("||", _COMMAND, r"(?<![|\w])(?P<sign>\|\|)(?=[^\s|])[^|\n]+(?<=\S)\|\|(?![|\w])"),
    _sign("~", _WRITE, r"(?<![~\w])(?P<sign>~)(?=[^\s~\d])(?P<words>[^~\n]+)(?<=[^\s~])~(?![~\w])", _write_tag("del")),
    _sign("~", _WRITE, r"(?<=[^\W\d_])(?P<sign>~)(?P<words>\w{1,4})~(?!~)", _write_tag("sub")),
    _sign("^", _WRITE, r"(?<=\w)(?P<sign>\^)(?P<words>\w{1,4})\^(?!\w)", _write_tag("sup")),
    _sign("**", _WRITE, r"(?<!\*)(?P<sign>\*{2,3})(?P<words>[^*\n]+)(?P<sign2>(?P=sign))(?!\*)", _write_emphasis),
    _sign(
        "__",
        _WRITE,
        r"(?<![A-Za-z0-9_])(?P<sign>__)(?P<words>\S[^_\n]*|[^_\n]*(?<=\S))(?P<sign2>__)(?![A-Za-z0-9_])",
        _write_emphasis,
    ),
    _sign(
        "*",
        _WRITE,
        r"(?<![*\w])(?P<sign>\*)(?P<words>(?=\S)[^*\n]{1,200}(?<=\s)|(?=\s)[^*\n]{1,200}(?<=\S))(?P<sign2>\*)(?![*\w])",
        _write_emphasis,
    ),
    _sign("**", _STARS, r"(?<![*\w])(?P<sign>\*{2,3})[^\s*][^\s*]*|[^\s*]*[^\s*](?P<sign2>\*{2,3})(?!\*)"),
    _sign(
        "*",
        _STAR,
        r"(?<![*\w\\])(?P<sign>\*)(?=[^\W\d_])[^\s*]+(?!\*)|(?<![^\s*])[^\s*]*[^\W\d_][\"'»”’)]?(?P<sign2>\*)(?![*\w-])",
        _write_star,
    ),
    _sign("|", _TABLE, r"^(?P<value>(?P<sign>\|)[^\n]*\|[ ]*)$(?=\n\|[^\n]*\|)", _write_dashes),
    _sign(
        "#######",
        _WRITE,
        r"^(?P<sign>#{7,})[ ]*(?P<words>\S[^\n]*)",
        lambda match: {"right": f"###### {match['words'].strip()}"},
    ),
    _sign("\t", _TABBED, r"^(?P<value>[^\t\n]*\S(?P<sign>\t+)\S[^\n]*)$(?=\n[^\t\n]*\S\t)", _write_row),
    _sign("==", _WRITE, r"^(?P<sign>={2,6})[ ]*(?P<words>[^=\n]*[^=\s])[ ]*={2,6}[ ]*$", _write_heading),
    _sign(". ", _WRITE, r"^(?P<sign>h[1-6]\.) (?P<words>\S[^\n]*)", _write_heading),
    _sign("'''", _FENCE, r"^(?P<sign>'{3})\w*[ ]*$"),
    _sign(
        "''",
        _WRITE,
        r"(?<!')(?P<sign>'{2,3})(?=[^\s'])(?P<words>[^'\n]+)(?<=\S)(?P<sign2>(?P=sign))(?!')",
        _write_quotes,
    ),
    _sign("‘‘‘", _FENCE, r"^(?P<sign>‘{3}|’{3})\w*[ ]*$"),
)
"""In order: what one pattern has reported, later ones do not report again."""

HTML_SIGNS = (
    _sign("**", _IN_HTML, r"(?<!\*)(?P<sign>\*\*)(?=[^\s*])[^*\n]+(?<=\S)(?P<sign2>\*\*)(?!\*)"),
    _sign("__", _IN_HTML, r"(?<![\w_])(?P<sign>__)(?=[^\s_])[^_\n]+(?<=\S)(?P<sign2>__)(?![\w_])"),
    _sign("](", _IN_HTML, r"!?\[[^\[\]\n]*(?P<sign>\]\()[^()\n]+\)"),
    _sign("#", _IN_HTML, r"^[ \t]{0,3}(?P<sign>#{1,6} )\S[^\n]*"),
    _sign(" ", _IN_HTML, r"^[ \t]*(?:[-*+]|[1-9][.)]) \S[^\n]*(?=\n[ \t]*(?:[-*+]|[1-9][.)]) \S)"),
    _sign("`", _IN_HTML, r"(?P<sign>`)[^`\n]+`"),
)
"""What is Markdown elsewhere, in a block of HTML."""
