"""``inv verify``: comparison of a copy of the site with a build of its texts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from jisr.core.build.build_context import CommandContext
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.publishing.integrity import checksums, minisign
from jisr.publishing.integrity.copies import FolderCopy, ServedCopy, SiteCopy

_HOST_FILE_PREFIX = "_"  # hosts read such files, and do not serve them


def verify(context: CommandContext, where: str) -> int:
    """Build the site into a temporary folder and compare a copy with it. Returns 0, or the exit code of a failed build.

    Raises ProblemsError with the differences, or where there is no copy, or it does not answer.
    """
    copy = _open_copy(where)
    output = Path(context.settings["SETTINGS_SHOWN"]).absolute().parent / ".cache" / "verify"
    try:
        if code := context.build(str(output)):
            return code
        ours, sums_file = checksums.compute_checksums(output), (output / checksums.SUMS_NAME).read_bytes()
    finally:
        shutil.rmtree(output, ignore_errors=True)  # each verification must build anew
    try:
        theirs = copy.sums(ours)
        difference = checksums.compare_checksums(ours, theirs, _excluded_paths(copy, ours))
        problems = [*_difference_problems(difference, where), *_check_list(copy, sums_file, where)]
        problems += _check_signatures(copy, str(context.settings.get("SIGNED_BY", "")), where)
    except OSError as error:
        text, reason = (
            '"{where}" cannot be read: {reason}. Try again, or name another copy.',
            parse_reason(error.strerror or error),
        )
        raise ProblemsError(Problem.error(SourceLocation(where), "verify", text, where=where, reason=reason)) from None
    outcome = phrase("they differ") if problems else phrase("all are alike")
    files = phrase("{count} files", count=len(ours))
    text = "Compared {files} of {where}: {outcome}."
    print(context.formatter.format(phrase(text, files=files, where=where, outcome=outcome)))
    if problems:
        raise ProblemsError(*problems)
    return 0


def _open_copy(where: str) -> SiteCopy:
    if where.startswith(("http://", "https://")):
        return ServedCopy(where)
    if Path(where).is_dir():
        return FolderCopy(Path(where))
    text = '"{where}" is neither a folder nor an address. Name one, as https://example.org/ or output/.'
    raise ProblemsError(Problem.error(SourceLocation(where), "verify", text, where=where))


def _excluded_paths(copy: SiteCopy, ours: checksums.Checksums) -> list[str]:
    """Return the paths that are not compared: files that servers do not serve, and those that no two builds have alike."""
    hosts = [path for path in ours if path.startswith(_HOST_FILE_PREFIX)] if isinstance(copy, ServedCopy) else []
    return [*hosts, *filter(checksums.is_other_each_time, ours)]


def _difference_problems(difference: checksums.ChecksumDifference, where: str) -> Iterator[Problem]:
    messages = {
        "missing": '"{path}" is missing in this copy. Publish it again.',
        "extra": '"{path}" is in this copy, and the texts do not make it. Find out who put it there, and publish again.',
        "altered": '"{path}" is not what the texts make. Find out who changed it, and publish again.',
    }
    for name, text in messages.items():
        for path in getattr(difference, name):
            yield Problem.error(SourceLocation(f"{where.rstrip('/')}/{path}"), f"verify-{name}", text, path=path)


def _check_list(copy: SiteCopy, sums_file: bytes, where: str) -> Iterator[Problem]:
    """Return a problem where the checksum list of a copy differs from that of the build."""
    if copy.read_file(checksums.SUMS_NAME) != sums_file:
        text = '"{path}" is missing, or lists other files than the texts make. Publish again.'
        place = SourceLocation(f"{where.rstrip('/')}/{checksums.SUMS_NAME}")
        yield Problem.error(place, "verify-altered", text, path=checksums.SUMS_NAME)


def _check_signatures(copy: SiteCopy, public: str, where: str) -> Iterator[Problem]:
    """Return a problem for each file that is not signed with the key of the settings, if they state one."""
    if not public:
        return
    for path, name in checksums.SIGNATURES.items():
        place = SourceLocation(f"{where.rstrip('/')}/{path}")
        data, signature = copy.read_file(name), copy.read_file(path)
        if data is None and path != checksums.SIGNATURE_NAME:  # not every site has mirrors
            continue
        if signature is None:
            text = '"{path}" is missing: nobody can tell who published this copy. Publish with the key in {name}.'
            yield Problem.error(place, "verify-signature", text, path=path, name=minisign.KEY_VARIABLE)
        elif not minisign.verify_signature(data or b"", signature.decode("utf-8", "replace"), public):
            text = '"{path}" is no signature of this copy by the key of SIGNED_BY. Somebody else published it, or changed it.'
            yield Problem.error(place, "verify-signature", text, path=path)
