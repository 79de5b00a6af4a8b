"""Problems of front matter that is no YAML: the line that is wrong, and that line as it is right.

A line that a message says to write was read before: the error is gone with it, or lies in a later line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jisr.content.read.delimiters import find_nearly_delimiter, nearly_delimiter_problem
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Phrase, Problem, SourceLocation, phrase
from jisr.core.schema.yaml_text import ARABIC_COMMAS, format_scalar, quote_scalar

Compose = Callable[[str], object]

TOO_DEEP = phrase("brackets are nested too deep")
ALIAS = phrase("a value begins with *")
TAG = phrase("a value begins with !")
ANCHOR = phrase("a value begins with &")
_UNCLOSED = phrase("what opens here is not closed")
_OWN_REASONS = (TOO_DEEP, _UNCLOSED, ALIAS, TAG, ANCHOR)  # YAML takes the word behind a sign for its own, and it would be lost

_MAX_PROBLEMS = 20
_INDENTED_FIELD = re.compile(r"\s+[a-z_]+:(?: |$)")
_GROUP_LINE = re.compile(r"\s*(?:translation|cover|event|place|registration|contact): +[a-z_]+: ")
_VALUE_LINE = re.compile(r"(?P<head>\s*(?:[A-Za-z_]+: +|- +(?:[a-z_]+: +)?|))(?P<value>\S.*?)\s*")
# ``title:x``, ``title：x``, ``title = x``: a name with a sign that YAML does not take for the colon and its space.
_NAME_WITHOUT_COLON = re.compile(
    r"(?P<indent>\s*(?:- +)?)(?P<name>[A-Za-z]+(?:_[a-z]+)*)(?P<sign>:(?!//)(?=\S)|\s*[：﹕꞉∶]\s*|\s*=\s*)(?P<value>\S.*?)\s*"
)
# An item of a list without the dash and space of YAML: "-Sara", "1. Sara", "• Sara", "* Sara".
_LOOSE_ITEM = re.compile(
    r"(?P<indent>\s*)(?:-(?!-|\s)|[0-9\u0660-\u0669\u06f0-\u06f9]{1,2}[.)-]\s*|[•·*–—]\s*)(?P<value>\S.*?)\s*"
)
_EMPTY_FIELD = re.compile(r"\s*[a-z_]+:\s*")
_LIST_NAMES = (
    "authors|topics|aliases|signatories|workgroups|attachments|photos|by|speakers|languages|names|supporters|documents"
)
_DASH_VALUE = re.compile(rf"(?P<head>\s*(?:{_LIST_NAMES}): +)-\s*(?P<value>\S.*?)\s*")
_QUOTED_FIELD = re.compile(r"\s*[\"“'](?P<name>[a-z_]+)[\"”']\s*:\s*(?P<value>.+?)\s*,?\s*")
_CURLY_PAIRS = ("“”", "„“", "””", "‘’", "‚‘", "’’", "«»", "‹›")
_FLOW_ITEM = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,،]*)\s*(?:[,،]|$)""")
_FLOW_FIELD = re.compile(r"""\s*([a-z_]+):\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\]]*\]|.*?)\s*(?=,\s*[a-z_]+:|$)(?:,|$)""")

_FIELD_COMMA = re.compile(rf"""\"[^\"]*\"|'[^']*'|\s*(?P<sign>[{ARABIC_COMMAS}])\s*(?=[a-z_]+:|\{{)""")


def yaml_problems(error: Exception, text: str, path: str, first_line: int, compose: Compose) -> list[Problem]:
    """Return the problems for an error of the YAML parser, and for those that appear once its line is as the message says."""
    lines = text.split("\n")
    if end := find_nearly_delimiter(lines):
        return [nearly_delimiter_problem(SourceLocation(path, end[0] + first_line), end[1])]
    problems: list[Problem] = []
    for _ in range(_MAX_PROBLEMS):
        found, mended = _yaml_problem(error, lines, path, first_line, compose)
        problems += found
        if mended is None:
            break
        try:
            compose("\n".join(mended))
        except Exception as next_error:  # noqa: BLE001 (any error of the parser is a problem of its own)
            error, lines = next_error, mended
        else:
            break
    return problems


def _yaml_problem(
    error: Exception, lines: list[str], path: str, first_line: int, compose: Compose
) -> tuple[list[Problem], list[str] | None]:
    """Return the problems of the first lines that are wrong, and the lines as they are right, where that is known."""
    index, column, reason = _locate(error, "\n".join(lines))
    if missing := list(_missing_dashes(lines, index, path, first_line)):
        return missing, list(map(_with_dash, lines))
    if missing := list(_missing_spaces(lines[: index + 1], path, first_line)):
        mended = [*map(_with_space, lines[: index + 1]), *lines[index + 1 :]]
        return missing, mended
    why = next((one for one in _OWN_REASONS if one.text == reason), parse_reason(reason))
    message = '"{line}" cannot be read as YAML: {reason}. {remedy}'
    remedy, right = _find_remedy(reason, lines, index, compose)
    place = SourceLocation(path, index + first_line, column + 1)
    problem = Problem.error(place, "yaml", message, line=lines[index].strip(), reason=why, remedy=remedy)
    return [problem], None if right is None else [*lines[:index], right, *lines[index + 1 :]]


def _locate(error: Exception, text: str) -> tuple[int, int, str]:
    """Return the line and column of an error, counted from 0, and its reason."""
    reason = str(getattr(error, "problem", None) or TOO_DEEP.text)
    opening = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or opening
    is_open = any(words in reason for words in ("end of stream", "<stream end>", "block end", "document separator", "but got"))
    if is_open and mark is not None and opening is not None and text[opening.index : opening.index + 1] in tuple("'\"[{"):
        is_list_with_colon = "but got ':'" in reason and opening.line == mark.line
        mark, reason = opening, reason if is_list_with_colon else _UNCLOSED.text
    last = text.count("\n")
    return (min(mark.line, last), mark.column, reason) if mark else (0, 0, reason)


def no_mapping_problems(place: SourceLocation, text: str, first_line: int) -> list[Problem]:
    """Return the problems of front matter that is YAML but has no fields."""
    if missing := list(_missing_spaces(text.split("\n"), place.path, first_line)):
        return missing
    message = "The front matter is not a list of fields. Write each as name: value on its line."
    return [Problem.error(place, "frontmatter", message)]


def _missing_spaces(lines: list[str], path: str, first_line: int) -> Iterator[Problem]:
    """Return a problem for each line whose name has no colon and space behind it."""
    for number, line in enumerate(lines, first_line):
        if match := _NAME_WITHOUT_COLON.fullmatch(line):
            text = '"{line}" has no colon behind its name. Write {right}.'
            if match["sign"] == ":":
                text = '"{line}" has no space behind the colon. Write {right}.'
            place = SourceLocation(path, number, match.start("name") + 1)
            yield Problem.error(place, "frontmatter", text, line=line.strip(), right=_with_space(line).strip())


def _missing_dashes(lines: list[str], index: int, path: str, first_line: int) -> Iterator[Problem]:
    """Return a problem for each item of a list around a line that lacks the dash and space before it."""
    start = index
    while start > 0 and _LOOSE_ITEM.fullmatch(lines[start - 1]):
        start -= 1
    if not start or not _EMPTY_FIELD.fullmatch(lines[start - 1]):
        return
    for number, line in enumerate(lines[start:], start):
        if not _LOOSE_ITEM.fullmatch(line):
            return
        text = '"{line}" is no item of a list. Write {right}.'
        place = SourceLocation(path, number + first_line, len(line) - len(line.lstrip()) + 1)
        yield Problem.error(place, "frontmatter", text, line=line.strip(), right=_with_dash(line).strip())


def _with_dash(line: str) -> str:
    match = _LOOSE_ITEM.fullmatch(line)
    return f"{match['indent']}- {_format_value(match['value'])}" if match else line


def _with_space(line: str) -> str:
    match = _NAME_WITHOUT_COLON.fullmatch(line)
    return f"{match['indent']}{match['name']}: {_format_value(match['value'])}" if match else line


def _format_value(value: str) -> str:
    """Return a value that may be a list or mapping as it is, any other as a scalar."""
    return value if value[0] in "[{\"'" else format_scalar(value)


def _find_remedy(reason: str, lines: list[str], index: int, compose: Compose) -> tuple[Phrase, str | None]:
    """Return what to do about the error of a line, and that line as it is right, where that is known."""
    line = lines[index]
    if "\\t" in reason or "tab" in reason:
        return phrase("Indent with spaces, not with tabs."), None
    for remedy, right in _rewritten_lines(line):
        if right != line and _is_better([*lines[:index], right, *lines[index + 1 :]], index, compose):
            return remedy, right
    text = 'Write each field as name: value on a line of its own, and put a value with : # [ ] {{ }} or quotes in "…".'
    return phrase(text), None


def _rewritten_lines(line: str) -> Iterator[tuple[Phrase, str]]:
    """Return ways to write a line that may be right, the closest first."""
    if quoted := _QUOTED_FIELD.fullmatch(line):
        right = f"{quoted['name']}: {_format_value(quoted['value'])}"
        yield phrase("Write {right}.", right=right), right
    if dashed := _DASH_VALUE.fullmatch(line):
        right = f"{dashed['head']}[{_format_item(dashed['value'])}]"
        yield phrase("Write {right}.", right=right.strip()), right
    match = _VALUE_LINE.fullmatch(line)
    if match is None:
        return
    if _INDENTED_FIELD.match(line):
        yield phrase("Take out the spaces before it: {right}.", right=line.strip()), line.strip()
    if not match["head"].strip():
        yield phrase("Where it belongs to the line above, put two spaces before it."), f"  {line}"
    if _GROUP_LINE.match(line):
        right = f"{match['head']}{{{match['value']}}}"
        yield phrase("Write {right}.", right=right.strip()), right
    for value in _candidates(match["value"]):
        right = f"{match['head']}{value}"
        if _uncurled(match["value"]):
            yield phrase("YAML knows straight quotes alone, \" and '. Write {right}.", right=right.strip()), right
        else:
            yield phrase("Write {right}.", right=right.strip()), right


def _is_better(lines: list[str], index: int, compose: Compose) -> bool:
    """Whether the first error of a front matter, if there is one, lies below a line."""
    text = "\n".join(lines)
    try:
        compose(text)
    except Exception as error:  # noqa: BLE001 (any error of the parser has its place or none)
        return _locate(error, text)[0] > index
    return True


def _candidates(value: str) -> Iterator[str]:
    """Return ways to write a value that was meant so, the closest first."""
    whole = value
    if inner := _uncurled(value):
        yield quote_scalar(inner)
    if value[0] in "[{":
        value = _FIELD_COMMA.sub(lambda comma: ", " if comma["sign"] else comma[0], value)
        yield value
    if value[0] == "[" and "]" not in value[:-1]:
        inner = value[1:].removesuffix("]")
        yield "[" + ", ".join(_format_item(item[1]) for item in _FLOW_ITEM.finditer(inner) if item[1].strip()) + "]"
    if value[0] == "{":
        fields = _FLOW_FIELD.findall(value[1:].removesuffix("}"))
        yield "{" + ", ".join(f"{name}: {_format_value(item) if item else ''}" for name, item in fields) + "}"
    if value[0] in "\"'" and len(value) > 1:
        if value[-1] == value[0]:
            yield quote_scalar(value[1:-1])
        elif value[0] not in value[1:]:
            yield quote_scalar(value[1:])
    yield quote_scalar(whole)


def _format_item(text: str) -> str:
    return text if text[0] in "\"'" and text[-1] == text[0] and len(text) > 1 else format_scalar(text.strip())


def _uncurled(value: str) -> str:
    """Return a value without the quotes of a phone or word processor around it, or an empty string.

    Guillemets stay: who typed them wants them shown.

    >>> _uncurled("“Water: a right”"), _uncurled("«الماء: حق»"), _uncurled("“Water” and “air”")
    ('Water: a right', '«الماء: حق»', '')
    """
    if len(value) < 3 or value[0] + value[-1] not in _CURLY_PAIRS or re.search("[“”„‘‚«»‹›]", value[1:-1]):
        return ""
    return value if value[0] in "«‹" else value[1:-1].strip()
