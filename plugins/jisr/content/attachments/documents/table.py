"""CSV and other tables of plain text: cells that a program for tables runs as formulas that call or ask something."""

from __future__ import annotations

import re

from jisr.content.attachments.documents.document_findings import DocumentFindings

_CALLED = re.compile(
    r"""(?:^|[,;\t"'])(?:\s*=\s*|[+@-](?!\ ))[^\n,;\t]{0,200}?"""
    r"""\b(?:(WEBSERVICE|IMPORT\w{2,10}|HYPERLINK|IMAGE|REGISTER|CALL|EXEC|DDE)\(|(\w+)\s*\|\s*['"/!])""",
    re.IGNORECASE | re.MULTILINE,
)


def read_table(data: bytes) -> DocumentFindings:
    """Return what is found in a table."""
    found = DocumentFindings()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    for match in _CALLED.finditer(data.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace").lstrip("\ufeff")):
        found.add_action(match[1] or match[2])
    return found
