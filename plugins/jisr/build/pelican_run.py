"""Runs a build: one Pelican run for all languages, into a folder aside, switched over when all of it is good."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.plugins import signals
from pelican.settings import DEFAULT_CONFIG

from jisr.build.cache.render_cache import RenderCache, cache_key_base, cache_path, load_cache
from jisr.build.console.message_languages import create_phrase_renderer, formatter_from_settings
from jisr.build.console.problem_report import build_summary, check_summary, print_losses, report
from jisr.build.console.progress import Progress
from jisr.build.files.atomic_swap import clear_directory, make_staging_dir, swap_directories, validate_output_folder
from jisr.build.files.writer import SiteWriter, WriteResult
from jisr.build.options import MESSAGES_SETTING
from jisr.build.process_pool import WorkerLostError, WorkSplitter, process_count, run_in_processes
from jisr.content.settings.defaults import apply_defaults
from jisr.content.settings.pelican_settings import brings_code, brings_markdown_code
from jisr.core.build.resources import PACKAGE
from jisr.core.build.run_context import RunContext, build_time
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.message_formatter import ENGLISH
from jisr.core.diagnostics.problems import Problem, Problems, ProblemsError, SourceLocation, phrase
from jisr.core.i18n.languages import Languages
from jisr.core.model.body import Body, BodyRenderer, MarkdownSource

# What no page says, or what is said of it by the fingerprint of a view: where files lie, and how many processes write.
UNFINGERPRINTED_SETTINGS = frozenset([MESSAGES_SETTING, "PATH", "OUTPUT_PATH", "THEME", "TRANSLATIONS", "TELL", "PROCESSES"])


class Jisr(Pelican):
    """Pelican, but it forgives nothing: every problem is shown, any error ends the run and leaves the output as it was."""

    output_path: str
    path: str
    theme: str

    def __init__(self, settings: dict[str, Any]) -> None:
        apply_defaults(settings, DEFAULT_CONFIG, Path(settings.get("SETTINGS_SHOWN") or "pelicanconf.py").resolve().parent)
        self.problems = Problems()
        self.plugin_names = [str(plugin) for plugin in settings.get("PLUGINS") or ()]
        self.foreign_code = brings_code(settings)
        self.formatter = ENGLISH
        self.progress = Progress()
        try:
            self.formatter = formatter_from_settings(settings)
            self.run_context = _create_run_context(settings)
            self.progress = Progress(self.formatter)
        except ProblemsError as error:
            self._exit_with_errors(error.problems)
        super().__init__(settings)

    @property
    def only_own_plugins(self) -> bool:
        """Whether no plugin, filter or extension is somebody else's, which may read, change and remember whatever it likes."""
        return not self.foreign_code

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
        """Return the generators of plugins: Pelican's own know no aside, and copy the theme's files into the output itself."""
        return [cls for cls in super()._get_generator_classes() if not cls.__module__.startswith("pelican.")]

    def run(self) -> None:
        """Read and check everything, render it aside, and put it in the output's place unless only a check was asked for.

        Raises SystemExit with code 1 where there is an error; the output is then as it was.
        """
        # What a build makes lives as long as it: looking for what could be given back costs a tenth of its time.
        gc.set_threshold(100_000, 50, 100)
        self.render_cache = self._load_cache()
        try:
            self.shared_context = context = self.read()
            if not self.problems.error_count:
                self._write(context)
        except ProblemsError as error:
            self.problems.add(*error.problems)
        finally:
            self.progress.end()
        report(self.problems, self.formatter)
        if self.settings.get("CHECK_ONLY") and "site" in context:
            print(self.formatter.format(check_summary(context["site"], context["messages"], self.problems)))
            print_losses(self.problems, self.formatter)
        if self.problems.error_count:
            raise SystemExit(1)

    def _load_cache(self) -> RenderCache:
        """Return what is known of the last build, and let bodies be rendered through it."""
        settings = Path(self.run_context.settings_path)
        self.cache_file = cache_path(settings, Path(self.path), Path(self.output_path))
        overrides = map(Path, self.settings["THEME_TEMPLATES_OVERRIDES"])
        folders = (PACKAGE, Path(self.theme), Path(str(self.settings.get("TRANSLATIONS", ""))), *overrides)
        stated = {name: value for name, value in self.settings.items() if name not in UNFINGERPRINTED_SETTINGS}
        memory = load_cache(self.cache_file, cache_key_base((one for one in folders if one.is_dir()), stated))
        if "RENDER_BODY" in self.settings:
            render = self.settings["RENDER_BODY"]
            known = render if brings_markdown_code(self.settings) else memory.cached_renderer(render)
            self.settings["RENDER_BODY"] = self._with_progress(known)
        return memory

    def _with_progress(self, render: BodyRenderer) -> BodyRenderer:
        def rendered(source: MarkdownSource) -> Body:
            self.progress.step()
            return render(source)

        return rendered

    def read(self) -> dict[str, Any]:
        """Let every generator read, and give the context they share; problems are collected."""
        self.settings["TELL"] = create_phrase_renderer()
        context: dict[str, Any] = {
            "standing": Path(self.output_path),
            **self.settings,
            "generated_content": {},
            "static_links": set(),
            "static_content": {},
            "localsiteurl": self.settings["SITEURL"],
            "problems": self.problems,
            "run": self.run_context,
            "voice": self.formatter,
            "over": self._map_texts,
        }
        arguments = {"settings": self.settings, "path": self.path, "theme": self.theme, "output_path": self.output_path}
        # A page that stands is another name of the same file: what another plugin did to it would be done to both.
        context["memory"] = self.render_cache if self.only_own_plugins else None
        self.progress.begin(phrase("Reading texts"))
        self.generators = [cls(context=context, **arguments) for cls in self._get_generator_classes()]
        try:
            for generator in self.generators:
                if hasattr(generator, "generate_context"):
                    generator.generate_context()
            signals.all_generators_finalized.send(self.generators)
        except ProblemsError as error:
            self.problems.add(*error.problems)
        return context

    def _write(self, context: dict[str, Any]) -> None:
        """Write into a folder aside, and put it in the output's place if no page had an error."""
        target, checking = Path(self.output_path), bool(self.settings.get("CHECK_ONLY"))
        validate_output_folder(target, self.settings)
        aside = None
        try:
            aside = _make_build_dir(target, checking)
            writer = self._write_site(aside, context)
            if not checking and not self.problems.error_count:
                swap_directories(aside, target)
                self.render_cache.save(self.cache_file)
                print(self.formatter.format(build_summary(writer.pages, writer.files, self.run_context.display_path(target))))
        except OSError as error:
            raise ProblemsError(self._io_problem(error, target)) from None
        finally:
            self.output_path = str(target)
            if aside is not None:
                shutil.rmtree(aside, ignore_errors=True)

    def _io_problem(self, error: OSError, target: Path) -> Problem:
        """Say which file the machine could not write, or not read."""
        path, why = Path(error.filename or target), parse_reason(error.strerror)
        if path.is_relative_to(self.path) or path.is_relative_to(self.theme):
            shown = self.run_context.display_path(path)
            return Problem.error(SourceLocation(shown), "file", '"{path}" cannot be read: {reason}.', path=shown, reason=why)
        text = '"{path}" cannot be written: {reason}. The output is as it was.'
        return Problem.error(SourceLocation(self.run_context.display_path(target)), "output", text, path=path, reason=why)

    def _write_site(self, aside: Path, context: dict[str, Any]) -> SiteWriter:
        """Let every generator write into a folder, and tell other plugins that it is done."""
        try:
            writer = self._run_generators(aside, context, self._process_count(len(context["site"].routes)))
        except WorkerLostError:
            clear_directory(aside)
            writer = self._run_generators(aside, context, 1)
        self.output_path = str(aside)
        self.text_files = {path: tuple(sorted(found)) for path, found in writer.text_files.items()}
        signals.finalized.send(self)
        return writer

    def _run_generators(self, aside: Path, context: dict[str, Any], count: int) -> SiteWriter:
        """Let so many processes write together what the generators hand over."""
        writer = SiteWriter(str(aside), self.settings, context)
        self.progress.begin(phrase("Writing pages"), len(context["site"].routes))
        writer.progress = self.progress
        if count > 1:
            writer.templates.compile_all()
        given = [one for one in self.generators if hasattr(one, "generate_output")]
        divided = [one for one in given if getattr(one, "splits_work", False)]

        def write(turns: WorkSplitter) -> Iterator[WriteResult]:
            writer.splitter = turns
            known = len(self.problems.problems)
            for generator in turns.claim([one for one in given if one not in divided]):
                generator.generate_output(writer)
            for generator in divided:
                generator.generate_output(writer)
            yield writer.take_result(known)

        for part in islice(run_in_processes(count, write, context["site"].languages), 1, None):
            writer.merge(part)
        return writer

    def _process_count(self, count: int) -> int:
        return process_count(count, self.settings.get("PROCESSES")) if self.only_own_plugins else 1

    def _map_texts(self, function: Callable[[Any], Any], texts: Sequence[Any], languages: Languages) -> Iterable[Any]:
        """Return a function's answers to texts, in their order, by several processes on a first build.

        In a later one the bodies are known, and to hand them over takes as long as to read the rest.
        """
        return self._map_parallel(
            function, texts, languages, 1 if self.render_cache.bodies else self._process_count(len(texts))
        )

    def run_parallel(self, *jobs: Callable[[], Any]) -> Iterable[Any]:
        """Return what jobs answer, in their order; where a site is large they are done at the same time."""
        site = self.shared_context["site"]
        return self._map_parallel(
            lambda job: job(), jobs, site.languages, min(len(jobs), self._process_count(len(site.routes)))
        )

    def _map_parallel(
        self, function: Callable[[Any], Any], items: Sequence[Any], languages: Languages, count: int
    ) -> Iterable[Any]:
        """Return a function's answers to items, in their order, by so many processes."""
        if count == 1:
            return map(function, items)
        answers: list[Any] = [None] * len(items)

        def ask(turns: WorkSplitter) -> Iterator[tuple[int, Any, dict[bytes, Body]]]:
            for number in turns.claim(range(len(items))):
                yield number, function(items[number]), self.render_cache.drain_new_bodies()

        try:
            for number, answer, bodies in run_in_processes(count, ask, languages):
                answers[number] = answer
                self.render_cache.used_bodies |= bodies
        except WorkerLostError:
            return map(function, items)
        return answers


def _make_build_dir(target: Path, checking: bool) -> Path:
    """Return a new folder: beside the output, so that one rename puts it there, or anywhere for a check."""
    if checking:
        return Path(tempfile.mkdtemp(prefix="jisr-check-"))
    return make_staging_dir(target)


def _create_run_context(settings: dict[str, Any]) -> RunContext:
    folder = Path.cwd()
    shown = settings.get("SETTINGS_SHOWN") or "pelicanconf.py"
    clock = datetime.now(UTC)
    try:
        now = build_time(os.environ, clock)
    except ValueError as error:
        text = 'SOURCE_DATE_EPOCH is "{value}", and must be a number of seconds since 1970.'
        raise ProblemsError(Problem.error(SourceLocation(shown), "setting", text, value=error)) from None
    made = RunContext(now, folder, "", shown, bool(settings.get("STRICT")), bool(settings.get("DRAFTS")))
    content = settings.get("CONTENT_SHOWN") or made.display_path(Path(settings["PATH"]))
    return RunContext(now, folder, content.rstrip("/") or content, shown, made.strict, made.drafts, clock)


def _find_line(word: str, path: str) -> int:
    """Return the line of a file that names ``word`` in quotes, or the first."""
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return 1
    return next((number for number, line in enumerate(lines, 1) if f'"{word}"' in line or f"'{word}'" in line), 1)
