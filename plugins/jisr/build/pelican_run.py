"""One Pelican run for all languages: it writes into a staging folder, which replaces the output when nothing is wrong."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.plugins import signals
from pelican.settings import DEFAULT_CONFIG

from jisr.build.cache.memory import BuildMemory
from jisr.build.cache.tracking import ReadText, Tracking
from jisr.build.console.message_languages import create_phrase_renderer, formatter_from_settings
from jisr.build.console.problem_report import build_summary, check_summary, print_losses, report, size_problem
from jisr.build.console.progress import Progress
from jisr.build.files.atomic_swap import clear_directory, make_staging_dir, validate_output_folder
from jisr.build.files.commit import Commit, commit_output, rename_files
from jisr.build.files.writer import PreviousOutputs, SiteWriter, WriteResult
from jisr.build.process_pool import WorkerLostError, WorkSplitter, process_count, run_in_processes
from jisr.content.loaded_texts import LoadedBundle
from jisr.content.read.discovery import Bundle
from jisr.content.settings.defaults import apply_defaults
from jisr.content.settings.pelican_settings import brings_code, setting_problems
from jisr.core.build.build_context import BuildContext, Hooks
from jisr.core.build.outputs import Output, Writer
from jisr.core.build.run_context import RunContext, build_time
from jisr.core.diagnostics.error_reasons import CANNOT_WRITE, parse_reason
from jisr.core.diagnostics.message_formatter import ENGLISH
from jisr.core.diagnostics.problems import Problem, Problems, ProblemsError, SourceLocation, phrase
from jisr.core.i18n.languages import Languages
from jisr.core.model.body import Body, BodyRenderer, MarkdownSource
from jisr.core.urls.paths import output_path

PelicanContext = dict[str, Any]
"""The values that Pelican passes to generators and to listeners of ``content_written``. Our own outputs get a BuildContext."""


class OutputGenerator:
    """One of our outputs as Pelican calls generators."""

    def __init__(self, output: Output, build_context: BuildContext, context: PelicanContext) -> None:
        self.output = output
        self.build_context = build_context
        self.context = context
        self.settings = build_context.settings

    def generate_context(self) -> None:
        """Let the output read."""
        self.output.read(self.build_context)

    def generate_output(self, writer: Writer) -> None:
        """Let the output write."""
        self.output.write(self.build_context, writer)


class Jisr(Pelican):
    """Pelican's run, but strict: all problems are shown, and any error ends the run and leaves the output as it was."""

    output_path: str
    path: str
    theme: str
    build_context: BuildContext

    def __init__(self, settings: dict[str, Any], memory: BuildMemory | None = None) -> None:
        """Prepare a run; ``memory`` is what is kept of the last one, and of this one for the next."""
        self.tracking = Tracking(memory)
        self.open_pages: tuple[str, ...] = ()  # addresses of pages to write first
        self.on_open_pages: Callable[[list[str]], None] = lambda paths: None
        self.commit: Commit | None = None  # what became of the output
        apply_defaults(settings, DEFAULT_CONFIG, Path(settings.get("SETTINGS_SHOWN") or "pelicanconf.py").resolve().parent)
        self.problems = Problems()
        self.plugin_names = [str(plugin) for plugin in settings.get("PLUGINS") or ()]
        # Any other plugin, filter or extension may read, change and remember anything.
        self.only_own_plugins = not brings_code(settings)
        self.formatter = ENGLISH
        self.progress = Progress()
        try:
            self.formatter = formatter_from_settings(settings)
            self.run_context = _create_run_context(settings)
            self.progress = Progress(self.formatter)
        except ProblemsError as error:
            self._exit_with_errors(error.problems)
        super().__init__(settings)

    def _exit_with_errors(self, problems: Iterable[Problem]) -> None:
        report(problems, self.formatter)
        raise SystemExit(1)

    def init_plugins(self) -> None:
        """Load the plugins; one that cannot be loaded is an error, where Pelican goes on without it."""
        for name in self.plugin_names:
            try:
                __import__(name)
            except Exception as error:  # noqa: BLE001 (whatever a plugin's import raises is a message, not a traceback)
                text = '"{name}" cannot be imported: {reason}. Mend its name in PLUGINS, or install it.'
                why = f"{type(error).__name__}: {error}"
                place = SourceLocation(self.run_context.settings_path, _find_line(name, self.run_context.settings_path))
                self.problems.add(Problem.error(place, "plugin", text, name=name, reason=why))
        if self.problems.error_count:
            self._exit_with_errors(self.problems)
        super().init_plugins()

    def _get_generator_classes(self) -> list[Any]:
        """Return the generators of plugins: Pelican's own know no staging folder, and copy the theme into the output itself."""
        return [cls for cls in super()._get_generator_classes() if not cls.__module__.startswith("pelican.")]

    def run(self) -> None:
        """Read and check everything, render it into a staging folder, and replace the output by it, unless only checking.

        Raises SystemExit with code 1 where there is an error; the output is then as it was.
        """
        try:
            self.read()
            if not self.problems.error_count:
                self.templates = self.tracking.track(self.build_context)
                self._write()
        except ProblemsError as error:
            self.problems.add(*error.problems)
        finally:
            self.progress.end()
        report(self.problems, self.formatter)
        if self.run_context.check_only and self.build_context.has_site:
            context = self.build_context
            print(self.formatter.format(check_summary(context.site, context.messages, self.problems)))
            print_losses(self.problems, self.formatter)
        if self.problems.error_count:
            raise SystemExit(1)

    def _with_progress(self, render: BodyRenderer) -> BodyRenderer:
        def render_and_count(source: MarkdownSource) -> Body:
            self.progress.step()
            return render(source)

        return render_and_count

    def read(self) -> BuildContext:
        """Let every generator read, and return the context that outputs share; problems are collected."""
        self.problems.add(*setting_problems(self.settings, self.run_context.settings_path, DEFAULT_CONFIG))
        hooks = Hooks(render_phrase=create_phrase_renderer())
        keep_site = partial(self.tracking.keep_site, problems=self.problems)
        self.build_context = BuildContext(
            self.settings, self.run_context, self.problems, self.formatter, hooks, self._map_texts, keep_site
        )
        self.progress.begin(phrase("Reading texts"))
        self.generators = list(self._create_generators())
        try:
            for generator in self.generators:
                _call_if_defined(generator, "generate_context")
            signals.all_generators_finalized.send(self.generators)
        except ProblemsError as error:
            self.problems.add(*error.problems)
        return self.build_context

    def _create_generators(self) -> Iterator[Any]:
        """Return the generators of all plugins, in the order of PLUGINS; our own offer their hooks first."""
        self.pelican_context: PelicanContext = {
            **self.settings,
            "generated_content": {},
            "static_links": set(),
            "static_content": {},
            "localsiteurl": self.settings["SITEURL"],
        }
        arguments = {"settings": self.settings, "path": self.path, "theme": self.theme, "output_path": self.output_path}
        classes = self._get_generator_classes()
        outputs = {cls: cls() for cls in classes if issubclass(cls, Output)}
        for output in outputs.values():
            output.offer_hooks(self.build_context)
        hooks = self.build_context.hooks
        hooks.render_body = self._with_progress(hooks.render_body)
        for cls in classes:
            if cls in outputs:
                yield OutputGenerator(outputs[cls], self.build_context, self.pelican_context)
            else:
                yield cls(context=self.pelican_context, **arguments)

    def _write(self) -> None:
        """Write into a staging folder, and bring the output up to date with it if no page had an error."""
        target, checking = Path(self.output_path), self.run_context.check_only
        validate_output_folder(target, self.settings)
        staging = None
        try:
            # In the output's parent, so that renames replace the output, or in the temporary folder for a check.
            staging = Path(tempfile.mkdtemp(prefix="jisr-check-")) if checking else make_staging_dir(target)
            previous = None if checking else self.tracking.find_previous(self.build_context, self._open_paths or None)
            writer = self._write_site(staging, previous)
            if warning := size_problem(writer.size, self.run_context.display_path(target), self.run_context.settings_path):
                self.problems.add(warning)
            if not checking and not self.problems.error_count:
                memory = previous.memory if previous else None
                self.commit = commit_output(staging, target, writer.paths, memory, writer.digests)
                self.tracking.remember(writer)
                folder = self.run_context.display_path(target)
                print(self.formatter.format(build_summary(writer.pages, writer.files, folder, writer.size)))
        except OSError as error:
            raise ProblemsError(self._io_problem(error, target)) from None
        finally:
            self.output_path = str(target)
            if staging is not None:
                shutil.rmtree(staging, ignore_errors=True)

    def _io_problem(self, error: OSError, target: Path) -> Problem:
        """Return the problem of a file that could not be written or read; where a disk is full, what is read is no fault."""
        why, is_full = parse_reason(error.strerror), error.errno in CANNOT_WRITE
        folder = Path(tempfile.gettempdir()) if self.run_context.check_only else target
        path = folder if is_full else Path(error.filename or target)
        if path.is_relative_to(self.path) or path.is_relative_to(self.theme):
            name = self.run_context.display_path(path)
            return Problem.error(SourceLocation(name), "file", '"{path}" cannot be read: {reason}.', path=name, reason=why)
        text = '"{path}" cannot be written: {reason}. The output is as it was.'
        place = SourceLocation(self.run_context.display_path(folder if is_full else target))
        return Problem.error(place, "output", text, path=path, reason=why)

    def _write_site(self, staging: Path, previous: PreviousOutputs | None) -> SiteWriter:
        """Let every generator write into a folder, and send ``finalized`` to other plugins."""
        # A later build makes so little that a second process would not pay.
        count = 1 if previous is not None else self._process_count(len(self.build_context.site.routes))
        try:
            writer = self._run_generators(staging, previous, count)
        except WorkerLostError:
            clear_directory(staging)
            self.tracking.queries.forget()  # values that were made for outputs that are made again
            writer = self._run_generators(staging, previous, 1)
        self.output_path = str(staging)
        signals.finalized.send(self)
        return writer

    def _run_generators(self, staging: Path, previous: PreviousOutputs | None, count: int) -> SiteWriter:
        """Let several processes write the site together."""
        site = self.build_context.site
        inputs = (self.build_context, self.templates, self.pelican_context, self.tracking.traces)
        writer = SiteWriter(staging, *inputs, previous)
        self.progress.begin(phrase("Writing pages"), len(site.routes))
        writer.progress = self.progress
        if count > 1:
            writer.templates.compile_all()
        split = [one for one in self.generators if isinstance(one, OutputGenerator) and one.output.splits_work]
        whole = [one for one in self.generators if one not in split]
        if previous is not None and self._open_paths:
            self._write_open_pages(writer, split)
            writer.previous = self.tracking.find_previous(self.build_context)

        def write(splitter: WorkSplitter) -> Iterator[WriteResult]:
            writer.splitter = splitter
            problem_count = len(self.problems.problems)
            for generator in splitter.claim(whole):
                _call_if_defined(generator, "generate_output", writer)
            for generator in split:
                generator.generate_output(writer)
            yield writer.take_result(problem_count)

        for part in islice(run_in_processes(count, write, site.languages), 1, None):
            writer.merge(part)
        return writer

    @property
    def _open_paths(self) -> frozenset[str]:
        return frozenset(output_path(address) for address in self.open_pages)

    def _write_open_pages(self, writer: SiteWriter, generators: Sequence[OutputGenerator]) -> None:
        """Write the pages that browsers show into the output, before any other is made."""
        writer.first_paths = self._open_paths
        writer.is_first_round = True
        for generator in generators:
            generator.generate_output(writer)
        writer.is_first_round = False
        changed = [path for path, is_written in writer.paths.items() if is_written]
        if not self.problems.error_count and changed:
            rename_files(writer.folder, Path(self.settings["OUTPUT_PATH"]), changed)
            self.on_open_pages(changed)

    def run_for_words(self) -> bool:
        """Write again after words of texts changed. Returns False where more than that changed, or anything is wrong."""
        if self.problems.error_count or not self.tracking.read_words(self.problems.problems):
            return False
        try:
            self._write()
        except ProblemsError:
            return False
        finally:
            self.progress.end()
        report(self.problems, self.formatter)
        return not self.problems.error_count

    def _process_count(self, count: int) -> int:
        return process_count(count, self.settings.get("PROCESSES")) if self.only_own_plugins else 1

    def _map_texts(self, read: ReadText, bundles: Sequence[Bundle], languages: Languages) -> Iterable[LoadedBundle]:
        """Return all texts, in the order of their folders; on a first build several processes read."""

        def read_all(function: ReadText, texts: Sequence[Bundle]) -> Iterable[LoadedBundle]:
            return self._map_parallel(function, texts, languages, self._process_count(len(texts)))

        return self.tracking.read_texts(read, bundles, languages, read_all)

    def _map_parallel(
        self, function: Callable[[Any], Any], items: Sequence[Any], languages: Languages, count: int
    ) -> Iterable[Any]:
        """Return the results of a function for items, in their order, by so many processes."""
        if count == 1:
            return map(function, items)
        results: list[Any] = [None] * len(items)

        def work(splitter: WorkSplitter) -> Iterator[tuple[int, Any]]:
            for number in splitter.claim(range(len(items))):
                yield number, function(items[number])

        try:
            for number, result in run_in_processes(count, work, languages):
                results[number] = result
        except WorkerLostError:
            return map(function, items)
        return results


def _call_if_defined(generator: Any, method: str, *arguments: Any) -> None:
    """Call a method of a generator where it has one: Pelican requires none of the plugins of others."""
    if hasattr(generator, method):
        getattr(generator, method)(*arguments)


def _create_run_context(settings: Mapping[str, Any]) -> RunContext:
    folder, clock = Path.cwd(), datetime.now(UTC)
    settings_path = settings.get("SETTINGS_SHOWN") or "pelicanconf.py"
    try:
        now = build_time(os.environ, clock)
    except ValueError as error:
        text = 'SOURCE_DATE_EPOCH is "{value}", and must be a number of seconds since 1970.'
        raise ProblemsError(Problem.error(SourceLocation(settings_path), "setting", text, value=error)) from None
    run = RunContext(now, folder, "", settings_path)
    content = settings.get("CONTENT_SHOWN") or run.display_path(Path(settings["PATH"]))
    return replace(
        run,
        content_path=content.rstrip("/") or content,
        strict=bool(settings.get("STRICT")),
        drafts=bool(settings.get("DRAFTS")),
        clock=clock,
        check_only=bool(settings.get("CHECK_ONLY")),
    )


def _find_line(word: str, path: str) -> int:
    """Return the line of a file that names ``word`` in quotes, or the first."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return 1
    return next((number for number, line in enumerate(lines, 1) if f'"{word}"' in line or f"'{word}'" in line), 1)
