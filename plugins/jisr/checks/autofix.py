"""``inv check --fix``: fixes certain findings in the files themselves, and changes nothing else in them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from jisr.checks.lint import AppliedFix, fix_file
from jisr.checks.masked_file import MaskedFile
from jisr.checks.source_files import ContentFolder, TextFolder
from jisr.content.atomic_write import replace_atomically
from jisr.content.attachments.cleaner import clean_data
from jisr.content.attachments.formats.damage import DamagedFileError
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.translation.blocks import TextBlock, version_blocks

_CLEANED: Phrase = phrase("What the file told about people, places and devices is taken out.")
_PIN_UPDATED: Phrase = phrase("The pin holds what was mended in the text that this one translates.")


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file that was changed: its path, the fixes, and whether its pin was updated."""

    path: str
    fixes: tuple[AppliedFix, ...]
    pin_updated: bool


def run_fix_command(context: BuildContext) -> int:
    """Fix the texts of a site, print each change, and return 0. Raises ProblemsError where a file cannot be written."""
    site, run, formatter = context.site, context.run, context.formatter
    content = ContentFolder(Path(context.settings["PATH"]), run.content_path, site.languages, site.kinds)
    files, cleaned = fix_content(content), clean_media(content)
    for path in cleaned:
        print(f"{path}:1:1: mended[photo]: {formatter.format(_CLEANED)}")
    for file in files:
        for fix in file.fixes:
            print(_format_fix(file.path, fix, formatter))
        if file.pin_updated:
            print(f"{file.path}:1:1: mended[pin]: {formatter.format(_PIN_UPDATED)}")
    places = phrase("{count} places", count=sum(len(file.fixes) for file in files) + len(cleaned))
    count = len(files) + len(cleaned)
    print(formatter.format(phrase("Mended {places} in {files}.", places=places, files=phrase("{count} files", count=count))))
    return 0


def clean_media(content: ContentFolder) -> tuple[str, ...]:
    """Take out of pictures, films and recordings what readers never get. Returns the paths of those that changed.

    Raises ProblemsError where a file cannot be written.
    """
    paths = []
    for file in content.media():
        try:
            data = file.read_bytes()
            cleaned = clean_data(data)
        except (OSError, DamagedFileError):
            continue  # which the check of its text reports
        if cleaned != data:
            path = content.display_path_of(file)
            try:
                replace_atomically(file, partial(_write_bytes, cleaned))
            except OSError as error:
                raise ProblemsError(_write_problem(path, error)) from None
            paths.append(path)
    return tuple(paths)


def _write_bytes(data: bytes, file: Path) -> None:
    file.write_bytes(data)


def _write_problem(path: str, error: OSError) -> Problem:
    text = "The file cannot be written: {reason}."
    return Problem.error(SourceLocation(path), "file", text, reason=parse_reason(error.strerror))


def _format_fix(path: str, fix: AppliedFix, formatter: MessageFormatter) -> str:
    """Return a change as a line in the form of a problem."""
    place = SourceLocation(path, fix.line, fix.column)
    problem = Problem.warning(place, fix.code, '"{before}" is now "{after}".', before=fix.before, after=fix.after)
    return formatter.format_line(problem).replace(f": warning[{fix.code}]: ", f": mended[{fix.code}]: ", 1)


def fix_content(content: ContentFolder, write: Callable[[Path, str], None] | None = None) -> tuple[FixedFile, ...]:
    """Fix every text of a content folder, and return the files that changed.

    A translation stays as current as it was: where blocks of its original changed, its pin is updated. Raises ProblemsError
    where a file cannot be written.
    """
    files: list[FixedFile] = []
    for folder in content.folders():
        for tag, (text, fixes, pin_updated) in fix_folder(folder).items():
            page = folder.pages[tag]
            if text == page.text:
                continue
            try:
                (write or _write_text)(folder.files[tag], text)
            except OSError as error:
                raise ProblemsError(_write_problem(page.file.path, error)) from None
            files.append(FixedFile(page.file.path, tuple(fixes), pin_updated))
    return tuple(files)


def fix_folder(folder: TextFolder) -> dict[str, tuple[str, list[AppliedFix], bool]]:
    """Return the fixed texts of a folder by language, with their fixes, and whether the pin was updated."""
    results = {tag: fix_file(page) for tag, page in folder.pages.items()}
    texts: dict[str, tuple[str, list[AppliedFix], bool]] = {}
    for tag, (page, fixes) in results.items():
        source = page.scalars.get("translation.of", "")
        text = page.text
        if source in results and results[source][1]:
            text = replace_digests(page, _changed_digests(folder.pages[source], results[source][0]))
        texts[tag] = (text, fixes, text != page.text)
    return texts


def replace_digests(page: MaskedFile, digests: Mapping[str, str]) -> str:
    """Return the text of a translation with digests replaced in its pin; one that is mapped to nothing is removed."""
    pin, file = page.scalars.get("translation.pin", ""), page.file
    front_matter = page.text[file.front_matter_start : file.front_matter_end]
    if not pin or front_matter.count(pin) != 1:
        return page.text
    separator = "." if "." in pin else " "
    new_pin = separator.join(filter(None, (digests.get(one, one) for one in pin.replace(".", " ").split())))
    return page.text[: file.front_matter_start] + front_matter.replace(pin, new_pin) + page.text[file.front_matter_end :]


def _changed_digests(before: MaskedFile, after: MaskedFile) -> dict[str, str]:
    """Return the new digest of each block that changed, by the old one; empty where the block was removed."""
    old, new = _split_blocks(before), _split_blocks(after)
    digests: dict[str, str] = {}
    matcher = difflib.SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    for operation, start, end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            continue
        # A repeated title is removed first: the block after it takes its place, not its words.
        pairs_start = start + max(0, (end - start) - (new_end - new_start))
        digests.update({one.digest: "" for one in old[start:pairs_start]})
        pairs = zip(old[pairs_start:end], new[new_start:new_end], strict=False)
        digests.update({old_block.digest: new_block.digest for old_block, new_block in pairs})
    remaining = {one.digest for one in new}
    return {digest: replacement for digest, replacement in digests.items() if replacement or digest not in remaining}


def _split_blocks(page: MaskedFile) -> tuple[TextBlock, ...]:
    return version_blocks(page.field_text("title"), page.field_text("summary"), page.file.body)


def _write_text(file: Path, text: str) -> None:
    replace_atomically(file, partial(_write_bytes, text.encode("utf-8")))
