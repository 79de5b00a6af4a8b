"""Where mails lie: the standard input, a file, a mailbox (mbox), a folder of mails (Maildir, or files that end in ``.eml``)."""

from __future__ import annotations

import mailbox
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.editing.receive.mail_parts import MOST_BYTES

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class FoundMail:
    """A mail and its place in messages."""

    data: bytes
    place: SourceLocation


def holds_many(path: str) -> bool:
    """Whether a path is that of several mails: a folder, or a mailbox."""
    return path != STANDARD_INPUT and (Path(path).is_dir() or _is_mbox(Path(path)))


def find_mails(path: str) -> Iterator[FoundMail]:
    """Yield the mails at a path, none read further than is too large. Raises ProblemsError where they cannot be read."""
    try:
        yield from _find_mails(path)
    except (OSError, mailbox.Error) as error:
        text = '"{path}" cannot be read: {reason}. Name the file of a mail, a mailbox or a folder of mails.'
        reason = parse_reason(getattr(error, "strerror", None) or type(error).__name__)
        raise ProblemsError(Problem.error(SourceLocation(path), "receive", text, path=path, reason=reason)) from None


def _find_mails(path: str) -> Iterator[FoundMail]:
    file = Path(path)
    if path == STANDARD_INPUT:
        yield FoundMail(sys.stdin.buffer.read(MOST_BYTES + 1), SourceLocation("mail"))
    elif file.is_dir():
        for one in sorted(_files_in(file)):
            yield FoundMail(_read(one), SourceLocation(one.as_posix()))
    elif _is_mbox(file):
        with closing(mailbox.mbox(file, create=False)) as box:
            for number, key in enumerate(box.keys(), 1):
                with closing(box.get_file(key)) as stream:
                    yield FoundMail(stream.read(MOST_BYTES + 1), SourceLocation(path, number))
    else:
        yield FoundMail(_read(file), SourceLocation(path))


def _files_in(folder: Path) -> list[Path]:
    """Return the mails of a Maildir, those that were delivered and those that somebody has seen; else the files of a folder."""
    places = [folder / name for name in ("new", "cur") if (folder / name).is_dir()]
    if places:
        return [one for place in places for one in place.iterdir() if one.is_file() and not one.name.startswith(".")]
    return [one for one in folder.iterdir() if one.suffix == ".eml" and one.is_file()]


def _is_mbox(file: Path) -> bool:
    return file.is_file() and _read(file, 5) == b"From "


def _read(file: Path, most: int = MOST_BYTES + 1) -> bytes:
    with file.open("rb") as stream:
        return stream.read(most)
