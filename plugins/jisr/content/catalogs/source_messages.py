"""The messages of the tools: every sentence in the code, and every phrase, which is a part of one or complete."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

_EXCLUDED_FOLDERS = ("bench", "styleguide")  # their code has no messages for editors
_SENTENCE = re.compile(r"(?<=\S)[.?](?:\s|$)")  # a question of a database has its signs apart
_UI_FUNCTIONS = ("N_", "_")  # words of the interface have a catalogue of their own
_NON_MESSAGE_CALLS = ("add_argument", ".execute", ".executemany")


def find_messages(root: Path) -> Iterator[tuple[str, int, str]]:
    """Return the file, line and text of each message below ``root``, in the order of files and lines."""
    for file in sorted((root / "plugins").rglob("*.py")):
        if file.parent.name not in _EXCLUDED_FOLDERS and file.name != "extraction.py":
            tree = ast.parse(file.read_text("utf-8"))
            for line, words in sorted(set(_tree_messages(tree))):
                yield file.relative_to(root).as_posix(), line, words


def _tree_messages(tree: ast.AST) -> Iterator[tuple[int, str]]:
    skipped = set(_non_message_nodes(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("phrase", "Phrase"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and _has_words(first.value):
                yield first.lineno, first.value.strip()
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "text" and isinstance(node.value, ast.Constant):
            if isinstance(node.value.value, str) and "{" in node.value.value:
                yield node.value.lineno, node.value.value.strip()
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            words = node.value.strip()
            if words.count(" ") > 1 and "\n" not in words and _SENTENCE.search(words):
                yield node.lineno, words


def _non_message_nodes(tree: ast.AST) -> Iterator[int]:
    """Return the nodes of sentences that are no messages: docstrings, parts of formatted strings, options of a program."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.JoinedStr):
            yield from (id(one) for one in ast.walk(node) if isinstance(node, ast.JoinedStr) or one is node.value)
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in _UI_FUNCTIONS or name.startswith(("re.", "argparse.")) or name.endswith(_NON_MESSAGE_CALLS):
                yield from (id(one) for one in ast.walk(node))


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]", re.sub(r"\{[^}]*\}", "", text)))


def add_messages(root: Path, empty: Catalog) -> Catalog:
    """Fill a catalogue with the messages; one with a gap named ``count`` has the plural forms of its language."""
    for file, line, words in find_messages(root):
        empty.add((words, words) if "{count}" in words else words, None, [(file, line)])
    return empty
