"""``jisr override`` and ``jisr messages``: what a site says or shows otherwise than the program."""

from __future__ import annotations

import difflib
from pathlib import Path

from jisr.content.catalogs.extraction import update_site_catalog
from jisr.content.settings.defaults import OWN_TEMPLATES, own_catalogs
from jisr.content.settings.template_overrides import digest, find_overrides, read_record, write_record
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.editing.arguments import find_language
from jisr.editing.editing_context import create_context
from jisr.editing.file_writer import PendingFile, write_new_file


def override_template(context: BuildContext, name: str) -> int:
    """Copy a template beside the settings, or note that its original was looked at, and print its path.

    Raises ProblemsError where there is no such template.
    """
    folder = Path(context.run.settings_path).absolute().parent
    originals = Path(context.settings["THEME"]) / "templates"
    original = originals / name
    names = sorted(one.relative_to(originals).as_posix() for one in originals.rglob("*.html"))
    if name not in names:
        match = difflib.get_close_matches(name, names, n=1)
        hint = phrase(' Did you mean "{match}"?', match=match[0]) if match else ""
        text = '"{name}" is no template of the program.{hint} They are in {folder}.'
        raise ProblemsError(Problem.error(SourceLocation(name), "override", text, name=name, hint=hint, folder=originals))
    own = next((file for one, file, _ in find_overrides(context.settings) if one == name), None)
    if own is None:
        own = folder / OWN_TEMPLATES / name
        write_new_file(PendingFile(own, f"{OWN_TEMPLATES}/{name}", original.read_text("utf-8")))
    write_record(folder, {**read_record(folder), name: digest(original)})
    print(own.relative_to(folder).as_posix() if own.is_relative_to(folder) else own)
    return 0


def begin_catalog(context: BuildContext, tag: str) -> int:
    """Write or update the catalogue of a language in the site's folder, and print its path where anything changed.

    Raises ProblemsError where the site has no such language.
    """
    language = find_language(tag, create_context(context), context.run.settings_path)
    folder = own_catalogs(context.settings, Path(context.run.settings_path).absolute().parent)
    if path := update_site_catalog(folder, language.tag):
        print(context.run.display_path(path))
    return 0
