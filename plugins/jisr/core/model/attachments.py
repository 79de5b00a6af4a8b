"""Documents that lie beside a text: which of them stand, whose come first, and of what type they are."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Literal

from jisr.core.model.document import Attachment


def select_attachments(attachments: Iterable[Attachment], tag: str) -> tuple[Attachment, ...]:
    """Return what is offered to readers of a language: theirs first, and no draft of which the final version is there.

    A draft and its final version have one title and one language. The draft's address goes on answering all the same.

    >>> from jisr.core.model.document import LocalizedText
    >>> from jisr.core.i18n.languages import build_languages
    >>> ar, ckb = build_languages(["ar", "ckb"])
    >>> programme, bername = LocalizedText("البرنامج", ar), LocalizedText("بەرنامە", ckb)
    >>> draft = Attachment("draft.pdf", programme, "ar", "draft")
    >>> files = (draft, Attachment("ar.pdf", programme, "ar"), Attachment("ckb.pdf", bername, "ckb", "draft"))
    >>> [one.file for one in select_attachments(files, "ckb")]
    ['ckb.pdf', 'ar.pdf']
    """
    found = tuple(attachments)
    final = {(one.title.text, one.language) for one in found if one.version == "final"}
    kept = (one for one in found if one.version == "final" or (one.title.text, one.language) not in final)
    return tuple(sorted(kept, key=lambda one: one.language != tag))


def type_name(file: str) -> str:
    """Return what a type of file is called in every language; an empty string where the name tells none.

    >>> type_name("بەرنامە.pdf"), type_name("README")
    ('PDF', '')
    """
    return file.rpartition(".")[2].upper() if "." in file else ""


def round_size(size: int) -> tuple[int | float, Literal["kB", "MB"]]:
    """Return a size in bytes as readers weigh it before they fetch it, in units of 1,000 (SI), never as nothing.

    >>> round_size(1), round_size(119_600), round_size(2_340_000)
    ((1, 'kB'), (120, 'kB'), (2.4, 'MB'))
    """
    kilobytes = max(1, ceil(size / 1000))
    return (kilobytes, "kB") if kilobytes < 1000 else (ceil(size / 100_000) / 10, "MB")
