"""``inv check --fix``: what is certain is mended in the files themselves, and nothing else of them changes."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from pathlib import Path

from jisr.checks.lint import AppliedFix, fix_file
from jisr.checks.source_files import ContentFolder, TextFolder
from jisr.checks.source_text_positions import MaskedFile
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import Phrase, Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.translation.blocks import TextBlock, version_blocks

_PIN_UPDATED: Phrase = phrase("The pin holds what was mended in the text that this one translates.")


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file that was mended: its path, what was done, and whether a pin in it was renewed."""

    path: str
    fixes: tuple[AppliedFix, ...]
    pin_updated: bool


def run_fix_command(context: BuildContext) -> int:
    """Mend the texts of a site that was read, and print what was done. Returns 0.

    Raises ProblemsError where a file cannot be written.
    """
    site, run, voice = context.site, context.run, context.formatter
    done = fix_content(ContentFolder(Path(context.settings["PATH"]), run.content_path, site.languages, site.kinds))
    for file in done:
        for one in file.fixes:
            print(_format_fix(file.path, one, voice))
        if file.pin_updated:
            print(f"{file.path}:1:1: mended[pin]: {voice.format(_PIN_UPDATED)}")
    places = phrase("{count} places", count=sum(len(file.fixes) for file in done))
    print(voice.format(phrase("Mended {places} in {files}.", places=places, files=phrase("{count} files", count=len(done)))))
    return 0


def _format_fix(path: str, mend: AppliedFix, voice: MessageFormatter) -> str:
    """Return a change in the form of a message."""
    place = SourceLocation(path, mend.line, mend.column)
    problem = Problem.warning(place, mend.code, '"{before}" is now "{after}".', before=mend.before, after=mend.after)
    return voice.format_line(problem).replace(f": warning[{mend.code}]: ", f": mended[{mend.code}]: ", 1)


def fix_content(content: ContentFolder, write: Callable[[Path, str], None] | None = None) -> tuple[FixedFile, ...]:
    """Mend every text of a content folder where it is certain, and give what was done.

    A translation stays as current as it was: where the blocks of its original were mended, its pin is renewed. Raises
    ProblemsError where a file cannot be written.
    """
    done: list[FixedFile] = []
    for folder in content.folders():
        for tag, (words, mends, pinned) in fix_folder(folder).items():
            page = folder.pages[tag]
            if words == page.text:
                continue
            try:
                (write or _replace_file)(folder.files[tag], words)
            except OSError as error:
                problem = Problem.error(
                    SourceLocation(page.path),
                    "file",
                    "The file cannot be written: {reason}.",
                    reason=parse_reason(error.strerror),
                )
                raise ProblemsError(problem) from None
            done.append(FixedFile(page.path, tuple(mends), pinned))
    return tuple(done)


def fix_folder(folder: TextFolder) -> dict[str, tuple[str, list[AppliedFix], bool]]:
    """Return the texts of a folder as they should be, what was done to each, and whether its pin was renewed."""
    better = {tag: fix_file(page) for tag, page in folder.pages.items()}
    texts: dict[str, tuple[str, list[AppliedFix], bool]] = {}
    for tag, (page, mends) in better.items():
        source = page.scalars.get("translation.of", "")
        text = page.text
        if source in better and better[source][1]:
            text = update_pin(page, _changed_hashes(folder.pages[source], better[source][0]))
        texts[tag] = (text, mends, text != page.text)
    return texts


def update_pin(page: MaskedFile, renamed: Mapping[str, str]) -> str:
    """Return the text of a translation whose pin names blocks by their hashes of now; what was taken out is no longer named."""
    pin = page.scalars.get("translation.pin", "")
    front = page.text[page.front_matter[0] : page.front_matter[1]]
    if not pin or front.count(pin) != 1:
        return page.text
    joined = "." if "." in pin else " "
    kept = [renamed.get(one, one) for one in pin.replace(".", " ").split()]
    renewed = joined.join(one for one in kept if one)
    return page.text[: page.front_matter[0]] + front.replace(pin, renewed) + page.text[page.front_matter[1] :]


def _changed_hashes(before: MaskedFile, after: MaskedFile) -> dict[str, str]:
    """Return the new hash of each block that was mended; an empty one where the block was taken out."""
    old, new = _split_blocks(before), _split_blocks(after)
    renamed: dict[str, str] = {}
    matching = difflib.SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    for kind, begin, end, new_begin, new_end in matching.get_opcodes():
        if kind == "equal":
            continue
        # A title that stood twice goes first: the block after it takes its place, not its words.
        stays = begin + max(0, (end - begin) - (new_end - new_begin))
        renamed.update({one.digest: "" for one in old[begin:stays]})
        pairs = zip(old[stays:end], new[new_begin:new_end], strict=False)
        renamed.update({was.digest: now.digest for was, now in pairs})
    return {digest: now for digest, now in renamed.items() if now or digest not in {one.digest for one in new}}


def _split_blocks(page: MaskedFile) -> tuple[TextBlock, ...]:
    return version_blocks(page.field_text("title"), page.field_text("summary"), page.text[page.body_start :])


def _replace_file(file: Path, text: str) -> None:
    """Put a text in the place of a file: whole, or not at all."""
    beside = file.with_name(f".{file.name}.mended")
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(file)
