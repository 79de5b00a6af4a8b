"""Checks for files that must not be published: keys, tokens, hidden files and backups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from types import MappingProxyType

from jisr.core.diagnostics.problems import Problem, SourceLocation, phrase

# Documented formats only, so that no words of a text match.
_SECRETS = MappingProxyType(
    {
        phrase("a private key"): re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"),
        phrase("a secret key of signatures"): re.compile(rb"minisign (?:encrypted )?secret key|jisr-secret-[A-Za-z0-9+/=]{56}"),
        phrase("a key of AWS"): re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
        phrase("a token of GitHub"): re.compile(rb"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60})"),
        phrase("a token of GitLab"): re.compile(rb"\bglpat-[A-Za-z0-9_-]{20}"),
        phrase("a token of Slack"): re.compile(rb"\bxox[abprs]-[0-9A-Za-z-]{20}"),
    }
)
_LEFTOVERS = "*~ #*# *.bak *.orig *.rej *.swp *.swo *.tmp *.pem *.p12 *.pyc id_rsa* id_ed25519* Thumbs.db __pycache__".split()
_PUBLIC_NAMES = (".well-known",)  # https://www.rfc-editor.org/rfc/rfc8615


def check_file_name(path: str) -> Iterator[Problem]:
    """Return a problem for a file whose name is that of a hidden file or a backup, or has control characters.

    >>> [len(list(check_file_name(one))) for one in (".git/config", "ar/x/بيان.md~", ".well-known/x.json", "ar/index.html")]
    [1, 1, 0, 0]
    """
    for step in path.split("/"):
        is_hidden = step.startswith(".") and step not in _PUBLIC_NAMES
        if is_hidden or any(fnmatchcase(step, pattern) for pattern in _LEFTOVERS):
            text = '"{name}" is no file for readers. Take it out of the folder that it came from.'
            yield Problem.error(SourceLocation(path), "published-name", text, name=step)
            return
    if not path.isprintable():
        text = '"{name}" has a control character in its name, which servers and lists cannot write. Rename it.'
        yield Problem.error(SourceLocation(path), "published-name", text, name=path)


def check_secrets(path: str, data: bytes) -> Iterator[Problem]:
    """Return a problem for each kind of secret in a file, with its line but without the secret.

    >>> [str(one) for one in check_secrets("a.txt", b"x\\n-----BEGIN OPENSSH PRIVATE KEY-----")][0][:54]
    'a.txt:2:1: error[published-secret]: This file holds a '
    """
    for name, pattern in _SECRETS.items():
        if match := pattern.search(data):
            line = data.count(b"\n", 0, match.start()) + 1
            text = "This file holds {what}. Take it out, and have it replaced: whoever could read the text has it."
            yield Problem.error(SourceLocation(path, line), "published-secret", text, what=name)
