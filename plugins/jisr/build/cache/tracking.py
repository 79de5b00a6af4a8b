"""What one run notes for the next: which texts it read, and what each output asked of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from jisr.build.cache.memory import BuildMemory
from jisr.build.cache.site_store import AssembledSite
from jisr.build.cache.trace_store import TraceStore
from jisr.build.files.writer import PreviousOutputs, SiteWriter
from jisr.build.templates.environment import Templates
from jisr.content.loaded_texts import LoadedBundle, TextKey
from jisr.content.read.discovery import Bundle
from jisr.core.build.build_context import BuildContext
from jisr.core.build.fingerprint import Fingerprinter
from jisr.core.build.queries import Queries, Query, reads_bodies
from jisr.core.build.tracked_site import TrackedCatalogs, TrackedSite
from jisr.core.diagnostics.problems import Problem, Problems
from jisr.core.i18n.languages import Languages
from jisr.core.model.events import event_stages
from jisr.core.model.site import BundledFile, Site

ReadText = Callable[[Bundle], LoadedBundle]


class Tracking:
    """The queries of a run, and what is kept of the last run, if anything is."""

    def __init__(self, memory: BuildMemory | None) -> None:
        self.memory = memory
        self.queries = Queries()
        self.fingerprinter = Fingerprinter()
        self._read_text: ReadText | None = None
        self._bundles: dict[TextKey, Bundle] = {}

    @property
    def traces(self) -> TraceStore:
        """The traces of the last run, to which those of this run are added."""
        return self.memory.traces if self.memory else TraceStore()

    def read_texts(
        self,
        read: ReadText,
        bundles: Sequence[Bundle],
        languages: Languages,
        read_all: Callable[[ReadText, Sequence[Bundle]], Iterable[LoadedBundle]],
    ) -> Iterable[LoadedBundle]:
        """Return all texts in the order of their folders; those that changed are read, by ``read_all``."""
        self._read_text, self._bundles = read, {(one.kind.name, one.id): one for one in bundles}
        if self.memory is None:
            return read_all(read, bundles)
        store, changed = self.memory.open_texts(languages), self.memory.changed_texts
        for key in store.texts.keys() - self._bundles.keys():
            store.remove(key)
        fresh = [one for key, one in self._bundles.items() if key in changed or key not in store.texts]
        fingerprinter = Fingerprinter()
        for loaded in read_all(read, fresh):
            store.put(loaded, fingerprinter.fingerprint_face)
        return [store.texts[key].loaded for key in self._bundles]

    def keep_site(self, assemble: Callable[[], Site], languages: Languages, problems: Problems) -> Site:
        """Return the site that a function assembles, or that of the last build where words alone changed since.

        ``problems`` are those of the run; what was wrong with a site that was kept is added to them.
        """
        kept = self.memory.recall_site(languages) if self.memory else None
        if kept is not None:
            problems.add(*kept.problems)
            return kept.site
        count = len(problems.problems)
        site = assemble()
        if self.memory is not None:
            self.memory.site_name = ""
            self.memory.assembled = AssembledSite(site, problems.problems[count:]) if self.memory.keeps_site else None
        return site

    def read_words(self, problems: Iterable[Problem]) -> bool:
        """Read texts again whose files changed. Returns whether nothing but their words changed, and nothing is wrong in them.

        ``problems`` are those of the last build.
        """
        store = self.memory.texts if self.memory else None
        if self.memory is None or store is None or self._read_text is None or not self.memory.traces.outputs:
            return False
        fingerprinter = Fingerprinter()
        for key in self.memory.changed_texts & self._bundles.keys():
            loaded = self._read_text(self._bundles[key])
            if loaded.problems or store.texts[key].loaded.problems:
                return False
            store.put(loaded, fingerprinter.fingerprint_face)
        self.queries.forget()
        return not store.has_new_faces and not store.concern_new(problems)

    def track(self, context: BuildContext) -> Templates:
        """Let the site and the catalogues note what outputs ask of them, and the templates that this returns as well."""
        site, memory, queries = context.site, self.memory, self.queries
        bodies = memory.texts.bodies(site.languages) if memory and memory.texts else None
        context.site = TrackedSite(site, queries, bodies if bodies is not None else site.bodies)
        context.messages = TrackedCatalogs(context.messages, queries)
        self.fingerprinter = Fingerprinter(memory.texts.faces if memory and memory.texts else {}, partial(event_stages, site))
        if bodies is not None:
            queries.define("body", bodies.digest)
        if memory is not None:
            queries.define("source", memory.source_digest)
            queries.define("file", lambda address: _describe_file(site.files[address], memory))
        return Templates(context.settings, context.site, context.messages, context.run.display_path, queries)

    def find_previous(self, context: BuildContext, paths: Iterable[str] | None = None) -> PreviousOutputs | None:
        """Return the outputs of the last run, with the queries whose answers changed since; None where there are none.

        ``paths`` are those of the outputs that count, where not all do.
        """
        memory = self.memory
        if memory is None:
            return None
        key = self.fingerprinter.fingerprint([context.assets, context.hooks.can_draw_cards])
        if memory.traces.key != key:
            memory.traces = TraceStore(key=key)
        if not memory.traces.outputs:
            return None
        texts, queries, numbers = memory.texts, memory.traces.queries, memory.traces.answered(paths)
        if texts is not None and paths is None and memory.only_texts and not texts.has_new_faces:
            # Nothing else can have another answer. Most queries are of other tables: a call for each would take longer.
            numbers = [one for one in numbers if queries[one][0] in ("body", "ask") and reads_bodies(queries[one])]
        if texts is not None:
            numbers = [one for one in numbers if queries[one][0] != "body" or texts.may_be_new(queries[one][1])]
        return PreviousOutputs(memory, memory.traces.find_changed(self._fingerprint, numbers))

    def remember(self, writer: SiteWriter) -> None:
        """Keep the traces of the outputs for the next run."""
        if self.memory is not None:
            traces = writer.traces
            traces.outputs = writer.new_traces
            traces.replace_answers(writer.previous.changed if writer.previous else {})
            if len(traces.answers) < len(traces.queries):
                traces.answer_new(self._fingerprint)
                traces.drop_unused()

    def _fingerprint(self, asked: Query) -> bytes:
        """Return the fingerprint of the answer to a query; an empty one where there is none."""
        try:
            return self.fingerprinter.fingerprint(self.queries.answer(asked))
        except Exception:  # noqa: BLE001 (what a query was about may be gone: whatever output still asks it is made again)
            return b""


def _describe_file(file: BundledFile, memory: BuildMemory) -> str:
    """Return a text that determines what an output shows of a published file; JSON of it would cost ten times as much."""
    return f"{file.source}\n{file.size}\n{file.digest}\n{memory.source_digest(file.source)}"
