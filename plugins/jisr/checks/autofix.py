"""``inv check --fix``: what is certain is mended in the files themselves, and nothing else of them changes."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jisr.checks.lint import Mend, mended
from jisr.checks.source_files import Content, Folder
from jisr.checks.source_text_positions import Manuscript
from jisr.core.diagnostics.error_reasons import reason
from jisr.core.diagnostics.message_formatter import Voice
from jisr.core.diagnostics.problems import Phrase, Place, Problem, ProblemsError, phrase
from jisr.core.frozen import dataclass
from jisr.core.translation.blocks import Block, text_blocks

_PIN: Phrase = phrase("The pin holds what was mended in the text that this one translates.")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was mended: its path, what was done, and whether a pin in it was renewed."""

    path: str
    mends: tuple[Mend, ...]
    repinned: bool


def command(context: Mapping[str, Any]) -> int:
    """Mend the texts of a site that was read, and print what was done. Gives 0.

    Raises ProblemsError where a file cannot be written.
    """
    site, run, voice = context["site"], context["run"], context["voice"]
    done = fix(Content(Path(context["PATH"]), run.content_shown, site.languages, site.kinds))
    for file in done:
        for one in file.mends:
            print(_said(file.path, one, voice))
        if file.repinned:
            print(f"{file.path}:1:1: mended[pin]: {voice.say(_PIN)}")
    places = phrase("{count} places", count=sum(len(file.mends) for file in done))
    print(voice.say(phrase("Mended {places} in {files}.", places=places, files=phrase("{count} files", count=len(done)))))
    return 0


def _said(path: str, mend: Mend, voice: Voice) -> str:
    """Give a change in the form of a message."""
    place = Place(path, mend.line, mend.column)
    problem = Problem.warning(place, mend.code, '"{before}" is now "{after}".', before=mend.before, after=mend.after)
    return voice.line(problem).replace(f": warning[{mend.code}]: ", f": mended[{mend.code}]: ", 1)


def fix(content: Content, write: Callable[[Path, str], None] | None = None) -> tuple[Mended, ...]:
    """Mend every text of a content folder where it is certain, and give what was done.

    A translation stays as current as it was: where the blocks of its original were mended, its pin is renewed. Raises
    ProblemsError where a file cannot be written.
    """
    done: list[Mended] = []
    for folder in content.folders():
        for tag, (words, mends, pinned) in mended_folder(folder).items():
            page = folder.pages[tag]
            if words == page.text:
                continue
            try:
                (write or _write)(folder.files[tag], words)
            except OSError as error:
                problem = Problem.error(
                    Place(page.path), "file", "The file cannot be written: {reason}.", reason=reason(error.strerror)
                )
                raise ProblemsError(problem) from None
            done.append(Mended(page.path, tuple(mends), pinned))
    return tuple(done)


def mended_folder(folder: Folder) -> dict[str, tuple[str, list[Mend], bool]]:
    """Give the texts of a folder as they should be, what was done to each, and whether its pin was renewed."""
    better = {tag: mended(page) for tag, page in folder.pages.items()}
    texts: dict[str, tuple[str, list[Mend], bool]] = {}
    for tag, (page, mends) in better.items():
        source = page.scalars.get("translation.of", "")
        text = page.text
        if source in better and better[source][1]:
            text = repinned(page, _renamed(folder.pages[source], better[source][0]))
        texts[tag] = (text, mends, text != page.text)
    return texts


def repinned(page: Manuscript, renamed: Mapping[str, str]) -> str:
    """Give the text of a translation whose pin names blocks by their hashes of now; what was taken out is no longer named."""
    pin = page.scalars.get("translation.pin", "")
    front = page.text[page.front[0] : page.front[1]]
    if not pin or front.count(pin) != 1:
        return page.text
    joined = "." if "." in pin else " "
    kept = [renamed.get(one, one) for one in pin.replace(".", " ").split()]
    renewed = joined.join(one for one in kept if one)
    return page.text[: page.front[0]] + front.replace(pin, renewed) + page.text[page.front[1] :]


def _renamed(before: Manuscript, after: Manuscript) -> dict[str, str]:
    """Give the new hash of each block that was mended; an empty one where the block was taken out."""
    old, new = _blocks(before), _blocks(after)
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


def _blocks(page: Manuscript) -> tuple[Block, ...]:
    return text_blocks(page.value("title"), page.value("summary"), page.text[page.body :])


def _write(file: Path, text: str) -> None:
    """Put a text in the place of a file: whole, or not at all."""
    beside = file.with_name(f".{file.name}.mended")
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(file)
