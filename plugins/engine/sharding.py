"""A site in parts: ``inv bodies``, ``inv build --shard`` and ``inv join``. README.md and SCALE.md of this room say what for."""

from __future__ import annotations

import os
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from plugins.core.bodies import Body, Source
from plugins.core.problems import Place, Problem, ProblemsError, phrase
from plugins.core.shards import Shard, shard
from plugins.engine import shards
from plugins.engine.commands import answered, run
from plugins.engine.options import Options
from plugins.engine.switching import folder_aside, refuse_output, switch
from plugins.engine.voices import of_settings

Approve = Callable[[Path, Mapping[str, Any], str], Iterable[Problem]]


def build(options: Options, stated: str, bodies: str | None = None) -> int:
    """Build one shard of the site. Gives 0, or 1 where anything is wrong, and then its folder is as it was."""
    return _sharded(stated, options, lambda part: run(options, {"SHARD": part, "BODIES": bodies or ""}))


def render(options: Options, stated: str, folder: str) -> int:
    """Render the bodies of one shard's texts into a folder, for the builds of all shards. Gives 0, or 1 where that fails.

    What is wrong with texts is said by the builds.
    """

    def work(part: Shard, settings: dict[str, Any]) -> int:
        from plugins.engine.generator import Jisr

        jisr = Jisr(settings)
        jisr.memory = jisr._remember()
        rendered = jisr.settings["RENDER_BODY"]

        def only_mine(source: Source) -> Body:
            mine = zlib.crc32(source.path.encode("utf-8", "surrogatepass")) % part.of + 1 == part.number
            return rendered(source) if mine else Body("")

        jisr.settings["RENDER_BODY"] = only_mine
        jisr.read()
        file = shards.keep(Path(folder), part, jisr.memory.base, jisr.memory.seen_bodies)
        print(jisr.voice.say(phrase("Rendered {count} bodies into {file}", count=len(jisr.memory.seen_bodies), file=file)))
        return 0

    return _sharded(stated, options, lambda part: answered(options, {}, lambda settings: work(part, settings)))


def join(options: Options, folder: str) -> int:
    """Put the shards in a folder together as the site, in the place of the output. Gives 0, or 1 where that is as it was."""
    return answered(options, {}, lambda settings: joined(settings, folder))


def joined(settings: Mapping[str, Any], folder: str, approve: Approve | None = None, output: str | None = None) -> int:
    """Put shards together; ``approve`` says what is wrong with the whole, and may add to it. Gives 0.

    Raises ProblemsError where shards are missing, differ, or meet, or the whole is not approved.
    """
    target = Path(output or settings["OUTPUT_PATH"])
    parts = _parts(Path(folder))
    refuse_output(target, settings, (part.folder for part in parts))
    aside = folder_aside(target)
    try:
        count = sum(_taken(part.folder, aside) for part in parts)
        wrong = list(approve(aside, settings, os.path.relpath(target))) if approve else []
        if any(problem.severity == "error" for problem in wrong):
            raise ProblemsError(*wrong)
        switch(aside, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    shown = os.path.relpath(target) if target.is_relative_to(Path.cwd()) else target
    files, parted = phrase("{count} files", count=count), phrase("{count} shards", count=len(parts))
    said = phrase("Joined {files} of {shards} in {folder}", files=files, shards=parted, folder=f"{shown}/")
    print(of_settings(settings).say(said))
    return 0


def _sharded(stated: str, options: Options, work: Callable[[Shard], int]) -> int:
    """Do some work for a shard that the command line names."""
    try:
        part = shard(stated)
    except ValueError:

        def refuse(_: dict[str, Any]) -> int:
            text = '"{value}" is not a shard. Write which of how many, as --shard 2/8.'
            raise ProblemsError(Problem.error(Place("--shard"), "shard", text, value=stated))

        return answered(options, {}, refuse)
    return work(part)


def _parts(folder: Path) -> list[shards.Part]:
    """Give the shards below a folder in their order. Raises ProblemsError where they are not all those of one site."""
    place = Place(str(folder))
    marks = sorted(folder.glob(f"**/{shards.MARK}")) if folder.is_dir() else []
    try:
        parts = [part for mark in marks if (part := shards.part(mark.parent))]
    except ValueError as error:
        text = "A shard says in {name} what it is, and that cannot be read: {reason}. Build it again."
        raise ProblemsError(Problem.error(place, "shard", text, name=shards.MARK, reason=error)) from None
    if not parts:
        text = '"{path}" holds no shard. Name the folder in which the folders lie that inv build --shard wrote.'
        raise ProblemsError(Problem.error(place, "shard", text, path=folder))
    first = parts[0]
    problems = []
    for part in parts[1:]:
        where = Place(str(part.folder))
        if (part.made_from, part.shard.of) != (first.made_from, first.shard.of):
            text = '"{path}" was made from other texts, code or settings than "{other}". Build all shards of one commit.'
            problems.append(Problem.error(where, "shard", text, path=part.folder, other=first.folder))
        elif part.now != first.now:
            text = '"{path}" was made for another moment than "{other}". Set SOURCE_DATE_EPOCH for all shards.'
            problems.append(Problem.error(where, "shard", text, path=part.folder, other=first.folder))
    counts = Counter(part.shard.number for part in parts)
    for number in range(1, first.shard.of + 1):
        if counts[number] != 1:
            text = "Shard {shard} is there {times} times, and must be there once. Build it, or take the others away."
            one = Shard(number, first.shard.of)
            problems.append(Problem.error(place, "shard", text, shard=one, times=counts[number]))
    if problems:
        raise ProblemsError(*problems)
    return sorted(parts, key=lambda part: part.shard.number)


def _taken(folder: Path, aside: Path) -> int:
    """Give the files of a shard a second name in a folder; say how many they are. Raises ProblemsError where one is taken."""
    count = 0
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        if file.is_dir() and not file.is_symlink():
            (aside / path).mkdir(exist_ok=True)
        elif str(path) != shards.MARK:
            if file.is_symlink() or (aside / path).exists():
                text = '"{path}" is a link, or stands in two shards. Build all shards of one commit into empty folders.'
                raise ProblemsError(Problem.error(Place(str(file)), "shard", text, path=path.as_posix()))
            try:
                os.link(file, aside / path)
            except OSError:
                shutil.copyfile(file, aside / path)
            count += 1
    return count
