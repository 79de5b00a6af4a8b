"""``inv bundle``: what readers take away, for each language, or one text as a file of its own."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from jisr.content.atomic_write import replace_atomically
from jisr.content.settings.settings import setting_place
from jisr.content.text_paths import parse_text_path
from jisr.core.build.build_context import BuildContext, CommandContext
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass
from jisr.core.i18n.languages import Language
from jisr.core.model.site import BUNDLE_FORMS
from jisr.core.urls import paths
from jisr.outputs.offline.bundles.epub import write_book
from jisr.outputs.offline.bundles.language_files import LanguageFiles, collect_files
from jisr.outputs.offline.bundles.single_page import render_single_page
from jisr.outputs.offline.bundles.zip_bundle import EarlierBundle, read_bundle, write_bundle, write_delta


@dataclass(frozen=True, slots=True)
class BundleRequest:
    """The folder of the bundles; an earlier bundle, to write the difference; or one text, for single pages."""

    output_folder: str = "bundles"
    since: str = ""
    page: str = ""


def write_bundles(context: CommandContext, request: BundleRequest) -> int:
    """Build the site into a temporary folder, write the bundles of each language, print their names.

    Returns 0, or 1 where the site does not build.

    Raises ProblemsError where the earlier bundle is none, there is no such text, or a file cannot be written.
    """
    target = Path(request.output_folder)
    before = _read_earlier(request.since, context.settings["LANGUAGES"]) if request.since else None
    with tempfile.TemporaryDirectory(prefix="jisr-bundle-") as name:
        folder = Path(name) / "site"
        built = context.build_site(str(folder))
        if built is None:
            return 1
        try:
            target.mkdir(parents=True, exist_ok=True)
            if request.page:
                written = list(_write_pages(built, folder, target, request.page))
            else:
                written = list(_write_languages(built, folder, target, before))
        except OSError as error:
            raise ProblemsError(_unwritable(str(error.filename2 or error.filename or target), error)) from None
    for file in written:
        print(file)
    return 0


def has_zim() -> bool:
    """Whether this machine can write ZIM archives: the extra named offline."""
    return importlib.util.find_spec("libzim") is not None


def write_offers(context: BuildContext, folder: Path, target: Path) -> None:
    """Write into a folder what publishing offers of a built site, as BUNDLES says.

    Raises ProblemsError where it names a form that cannot be written here.
    """
    forms = context.site.policy.bundles
    if "zim" in forms and not has_zim():
        place = setting_place("BUNDLES", context.run.settings_path)
        text = "A ZIM needs libzim, of the extra named offline. Install it (pip install -e '.[offline]'), or take zim out here."
        raise ProblemsError(Problem.error(place, "bundle", text))
    target.mkdir(parents=True)
    for language in context.site.languages:
        list(write_forms(context, language, folder, target, forms))


def write_forms(
    context: BuildContext, language: Language, folder: Path, target: Path, forms: tuple[str, ...]
) -> Iterator[Path]:
    """Write the bundles of a language in some forms from a built folder, and return their files. Raises OSError."""
    files = collect_files(context.site, language, folder)
    for form in forms:
        file = target / f"{language.tag}.{form}"
        _WRITERS[form](file, context, files)
        yield file


def _write_zim(file: Path, context: BuildContext, files: LanguageFiles) -> None:
    from jisr.outputs.offline.bundles.zim import write_archive

    write_archive(file, files, context.site)


_WRITERS: dict[str, Callable[[Path, BuildContext, LanguageFiles], None]] = {
    "zip": lambda file, context, files: write_bundle(file, files),
    "epub": lambda file, context, files: write_book(file, context, files.language, files.folder),
    "zim": _write_zim,
}


def _write_languages(context: BuildContext, folder: Path, target: Path, before: EarlierBundle | None) -> Iterator[Path]:
    forms = BUNDLE_FORMS if has_zim() else BUNDLE_FORMS[:2]
    for language in context.site.languages:
        if before is not None and language.tag != before.tag:
            continue
        yield from write_forms(context, language, folder, target, forms)
        file = target / f"{language.tag}.delta.zip"
        file.unlink(missing_ok=True)  # an earlier one may have a text that is gone since
        if before is not None:
            write_delta(file, before, collect_files(context.site, language, folder))
            yield file


def _write_pages(context: BuildContext, folder: Path, target: Path, path: str) -> Iterator[Path]:
    """Write each version of a text as one file."""
    named = parse_text_path(path, Path(context.settings["PATH"]))
    texts = context.site.get(named.kind, named.id)
    versions = [one for one in (texts.versions if texts else ()) if named.tag in ("", one.language.tag)]
    if not versions:
        text = '"{path}" is no page of the site. Name the file or folder of a published text, or write <kind>/<id>.'
        raise ProblemsError(Problem.error(SourceLocation(path), "bundle", text, path=path))
    for version in versions:
        page = paths.output_path(paths.text(version.language.tag, *version.key))
        data = render_single_page(page, folder, context.site.url).encode()
        file = target / f"{named.file_stem}.{version.language.tag}.html"
        replace_atomically(file, lambda temporary, data=data: temporary.write_bytes(data))  # type: ignore[misc]
        yield file


def _read_earlier(path: str, tags: tuple[str, ...]) -> EarlierBundle:
    """Return the bundle that readers have. Raises ProblemsError."""
    try:
        return read_bundle(Path(path), tags)
    except ValueError:
        text = '"{path}" is no bundle of this site. Name a <language>.zip that inv bundle wrote before.'
        raise ProblemsError(Problem.error(SourceLocation(path), "bundle", text, path=path)) from None
    except OSError as error:
        text = '"{path}" cannot be read: {reason}. Name a <language>.zip that inv bundle wrote before.'
        reason = parse_reason(error.strerror)
        raise ProblemsError(Problem.error(SourceLocation(path), "bundle", text, path=path, reason=reason)) from None


def _unwritable(path: str, error: OSError) -> Problem:
    text = '"{path}" cannot be written: {reason}. Name another folder with --output.'
    return Problem.error(SourceLocation(path), "output", text, path=path, reason=parse_reason(error.strerror))
