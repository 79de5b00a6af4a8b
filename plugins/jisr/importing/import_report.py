"""The report of an import, in words and as JSON: what was read and written, changed, in doubt, and left out."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jisr.core.diagnostics.message_formatter import MessageFormatter
from jisr.core.diagnostics.problems import phrase
from jisr.importing.old_site import Note, OldSite
from jisr.importing.store.file_record import ImportRecord
from jisr.importing.text_plan import ImportPlan

_COUNTED = ("texts", "groups", "topics", "replies", "files", "addresses")
_MOST_NOTES = 20  # of a sort that are printed; the report has all


@dataclass(slots=True)
class ImportReport:
    """The facts of a run."""

    form: str
    source: str
    site: OldSite
    plan: ImportPlan
    record: ImportRecord
    counts: dict[str, int]
    changes: Counter[str]
    dry_run: bool

    def as_json(self) -> str:
        """Return the report for programs."""
        values = {
            "form": self.form,
            "source": self.source,
            "dry_run": self.dry_run,
            "read": dict(sorted({**dict.fromkeys(_COUNTED, 0), **self.site.read}.items())),
            "written": {
                **dict(sorted({**dict.fromkeys(_COUNTED, 0), **self.counts}.items())),
                "files_written": len(self.record.written),
                "files_unchanged": len(self.record.unchanged),
                "files_kept": sorted(self.record.kept),
            },
            "kinds": {name: {"read": number, "written": kinds} for name, (number, kinds) in self._kinds().items()},
            "doubts": _notes(self.site.doubts),
            "changes": {name: count for name, count in sorted(self.changes.items()) if count},
            "left_out": _notes(self.site.left_out),
            "unequal": dict(
                sorted(Counter(note.sort for note in (*self.site.left_out, *self.site.doubts) if note.sort).items())
            ),
            "redirects": {
                "aliases": self._alias_count(),
                "lines": len(self.plan.redirects),
                "same": len(self.plan.same),
                "no_page": sorted(self.plan.no_page),
            },
        }
        return json.dumps(values, ensure_ascii=False, indent=2) + "\n"

    def _kinds(self) -> dict[str, tuple[int, dict[str, int]]]:
        """Return what the old site calls its texts, how many it has of each, and what they are here."""
        here: dict[str, Counter[str]] = defaultdict(Counter)
        for text in self.plan.texts:
            for version in text.versions.values():
                here[version.sort][text.kind.partition("/")[0]] += 1
        sorts = sorted(name.removeprefix("type ") for name in self.site.read if name.startswith("type "))
        counts = ((one, self.site.read[f"type {one}"], dict(sorted(here[one].items()))) for one in sorts)
        return {one: (number, kinds) for one, number, kinds in counts if kinds}

    def _alias_count(self) -> int:
        return sum(map(len, self.plan.aliases.values()))

    def print(self, formatter: MessageFormatter) -> None:
        """Print the report in words."""
        for line in self._lines(formatter):
            print(line)

    def _lines(self, formatter: MessageFormatter) -> Iterator[str]:
        read, counts = self.site.read, self.counts
        say = formatter.format
        done, planned = phrase("Imported {name}:", name=self.source), phrase("Would import {name}:", name=self.source)
        yield say(planned if self.dry_run else done)
        rows = (
            (phrase("texts"), read["texts"], counts.get("texts", 0)),
            (phrase("texts in several languages"), read["groups"], counts.get("groups", 0)),
            (phrase("topics"), read["topics"], counts.get("topics", 0)),
            (phrase("replies"), read["replies"], counts.get("replies", 0)),
            (phrase("files"), read["files"], counts.get("files", 0)),
            (phrase("old addresses"), read["addresses"], counts.get("addresses", 0)),
        )
        for name, before, after in rows:
            if before or after:
                yield "  " + say(phrase("{what}: {before} there, {after} here", what=name, before=before, after=after))
        for tag in sorted({one.partition(" ")[2] for one in (*read, *counts) if one.startswith("language ")}):
            name, before, after = phrase("in {tag}", tag=tag), read[f"language {tag}"], counts.get(f"language {tag}", 0)
            yield "  " + say(phrase("{what}: {before} there, {after} here", what=name, before=before, after=after))
        for sort, (number, here) in self._kinds().items():
            kinds = ", ".join(f"{kind} {count}" for kind, count in here.items())
            yield "  " + say(phrase("{sort}: {before} there, here {kinds}", sort=sort, before=number, kinds=kinds))
        files = {"new": len(self.record.written), "same": len(self.record.unchanged), "kept": len(self.record.kept)}
        yield "  " + say(phrase("files written: {new}, as they were: {same}, an editor's and not touched: {kept}", **files))
        if self.plan.no_page:
            text = "{number} old addresses need rules of a server (inv publish --snippets): no page can lead on there."
            yield "  " + say(phrase(text, number=len(self.plan.no_page)))
        for title, notes in ((phrase("In doubt:"), self.site.doubts), (phrase("Left out:"), self.site.left_out)):
            if notes:
                yield f"{say(title)} {len(notes)}"
                yield from (f"  {note.what}: {say(note.why)}" for note in notes[:_MOST_NOTES])
                if len(notes) > _MOST_NOTES:
                    yield "  " + say(
                        phrase("and {number} more; --report FILE has all of them", number=len(notes) - _MOST_NOTES)
                    )


def _notes(notes: list[Note]) -> list[dict[str, str]]:
    return [{"what": note.what, "why": str(note.why)} for note in notes]


def write_report(file: Path, text: str) -> None:
    """Write the report for programs."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
