"""The settings of a fork as those of a site: its own lines stay to the letter, those about the program's folders go."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jisr.core.build.resources import PACKAGE
from jisr.core.diagnostics.problems import Problem, SourceLocation
from jisr.core.frozen import dataclass
from jisr.editing.sites.fork.repository import SETTINGS, assigned

_OF_THE_PROGRAM = frozenset(
    """
    ARTICLE_PATHS AUTHOR_FEED_ATOM AUTHOR_FEED_RSS CATEGORY_FEED_ATOM DEFAULT_LANG DIRECT_TEMPLATES FEED_ALL_ATOM PAGE_PATHS
    PELICAN_CLASS PLUGINS PLUGIN_PATHS STATIC_PATHS THEME TRANSLATIONS TRANSLATION_FEED_ATOM
    """.split()
)
"""Settings that say where the program lies, or switch off parts of Pelican: the package knows both."""
_REQUIRED = frozenset(["SITENAME", "SITEURL", "TAG_AUTHORITY", "NETWORK_NAMES", "NETWORK_PURPOSES", "NETWORK_NOTES"])
_SAMPLE_HOST = re.compile(r"(?<![\w-])example\.(?:com|net|org)\b")  # RFC 2606, 3: nobody's
_OF_A_SITE = PACKAGE / "editing" / "sites" / "settings" / "pelicanconf.py.txt"
_PELICAN_CLASS = 'PELICAN_CLASS = "jisr.Jisr"\n'


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a settings file: the values it assigns, the names it imports, its text without comments."""

    node: ast.stmt
    settings: Mapping[str, str]
    imports: frozenset[str]
    source: str

    @property
    def lines(self) -> range:
        """The lines it has, counted from 0."""
        return range(self.node.lineno - 1, self.node.end_lineno or self.node.lineno)


@dataclass(frozen=True, slots=True)
class ConvertedSettings:
    """The text of a settings file, what it states as plain values, and what somebody should look at."""

    text: str
    values: Mapping[str, object]
    problems: Sequence[Problem] = ()


def convert_settings(path: str, text: str, base: str) -> ConvertedSettings:
    """Return the settings of a site from those of a fork and of the program where the fork began. Raises SyntaxError."""
    statements, before = read_statements(text), read_statements(base)
    sample = {name: value for one in before for name, value in one.settings.items()}
    kept = [one for one in statements if not _is_of_the_program(one, path) and not _is_sample_address(one, sample)]
    kept = _drop_unused(kept, {one.source for one in before})
    comments = {line.strip() for line in base.splitlines() if line.lstrip().startswith("#")}
    lines = _without(text.splitlines(keepends=True), [one for one in statements if one not in kept], kept, comments)
    if path == SETTINGS:
        lines = _with_class(lines, {one.source for one in before[:1]})
    problems = [problem for one in statements for problem in _judge(path, one, sample, one in kept)]
    return ConvertedSettings("".join(lines), dict(_plain_values(kept)), problems)


def read_statements(text: str) -> list[Statement]:
    """Return the statements of a settings file. Raises SyntaxError."""
    return [
        Statement(node, {name: ast.unparse(value) for name, value in assigned(node)}, _imported(node), ast.unparse(node))
        for node in ast.parse(text).body
    ]


def _imported(node: ast.stmt) -> frozenset[str]:
    """Return the names that an import binds; none of one that binds whatever there is."""
    names = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
    return frozenset((one.asname or one.name).split(".")[0] for one in names) - {"*"}


def _is_of_the_program(statement: Statement, path: str) -> bool:
    """Whether a statement says where the program lies; the file of publishing looks for its neighbour in ``sys.path``."""
    stated = statement.settings.keys()
    return bool(stated and stated <= _OF_THE_PROGRAM) or (path == SETTINGS and statement.source.startswith("sys.path."))


def _is_sample_address(statement: Statement, sample: Mapping[str, str]) -> bool:
    """Whether a statement has addresses of the sample network, which readers of another one must not be sent to."""
    stated = statement.settings
    return bool(stated) and all(
        name not in _REQUIRED and sample.get(name) == value and _SAMPLE_HOST.search(value) for name, value in stated.items()
    )


def _drop_unused(kept: list[Statement], before: set[str]) -> list[Statement]:
    """Return the statements without imports and paths of the program's own file that nothing uses any more."""
    while True:
        used = {
            name.id
            for one in kept
            for name in ast.walk(one.node)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Load)
        }
        bound = {one.source: one.imports or ({"HERE"} & one.settings.keys()) for one in kept if one.source in before}
        left = [one for one in kept if not (names := bound.get(one.source)) or names & used]
        if len(left) == len(kept):
            return kept
        kept = left


def _without(lines: list[str], removed: Iterable[Statement], kept: Iterable[Statement], comments: set[str]) -> list[str]:
    """Return lines without some statements and the program's comments right above them; no gap is left."""
    stay = {number for one in kept for number in one.lines}
    gone: set[int] = set()
    for one in removed:
        gone.update(one.lines)
        above = one.lines.start - 1
        while above >= 0 and lines[above].strip() in comments:
            gone.add(above)
            above -= 1
    left: list[str] = []
    for number, line in enumerate(lines):
        if number in gone - stay or (not line.strip() and number - 1 in gone and (not left or not left[-1].strip())):
            gone.add(number)
        else:
            left.append(line)
    while gone and left and not left[-1].strip():
        left.pop()
    return left


def _with_class(lines: list[str], docstrings: set[str]) -> list[str]:
    """Return the lines with the class that the command ``pelican`` needs; a docstring of the program is that of a site."""
    body = ast.parse("".join(lines)).body
    first = body[0] if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else None
    end = (first.end_lineno or 0) if first else 0
    if first is not None and ast.unparse(first) in docstrings:
        docstring = _OF_A_SITE.read_text("utf-8").split("\n", 1)[0]
        lines, end = [f"{docstring}\n", *lines[end:]], 1
    gap = ["\n"] if end else []
    rest = lines[end:]
    return [*lines[:end], *gap, _PELICAN_CLASS, *([] if rest and not rest[0].strip() else ["\n"]), *rest]


def _judge(path: str, statement: Statement, sample: Mapping[str, str], is_kept: bool) -> Iterator[Problem]:
    """Return what somebody should look at: a changed setting of the program, an address or a name of the sample network."""
    place = SourceLocation(path, statement.node.lineno)
    for name, value in statement.settings.items():
        if not is_kept and name in _OF_THE_PROGRAM and name in sample and value != sample[name]:
            text = '"{name}" was changed here, and names parts of the program: it was left out. State what you still need.'
            yield Problem.warning(place, "fork", text, name=name)
        elif not is_kept and name not in _OF_THE_PROGRAM and name in sample and name != "HERE":
            text = '"{name}" has addresses of the sample network: it was left out. State your own.'
            yield Problem.warning(place, "fork", text, name=name)
        elif is_kept and name == "TAG_AUTHORITY" and value == sample.get(name):
            text = (
                '"{name}" is that of the sample network, and is in the ids of your feeds. State your own if nobody has '
                "subscribed yet, or else keep it."
            )
            yield Problem.warning(place, "fork", text, name=name)
        elif is_kept and name in _REQUIRED and (same := _same_parts(value, sample.get(name, ""))) is not None:
            text = '"{name}" is that of the sample network. State your own.'
            yield Problem.warning(place, "fork", text, name=" ".join([name, *same]))


def _same_parts(value: str, sample: str) -> list[str] | None:
    """Return the languages for which a setting says what the sample says, none for a whole one; None where all differs."""
    if value == sample:
        return None if "localhost" in value else []
    try:
        own, theirs = ast.literal_eval(value), ast.literal_eval(sample)
    except (ValueError, SyntaxError):
        return None
    both = own.items() & theirs.items() if isinstance(own, dict) and isinstance(theirs, dict) else ()
    return sorted(str(tag) for tag, _ in both) or None


def _plain_values(kept: Iterable[Statement]) -> Iterator[tuple[str, object]]:
    """Return the settings that are plain values."""
    for one in kept:
        for name, value in assigned(one.node):
            try:
                yield name, ast.literal_eval(value)
            except ValueError:
                continue
