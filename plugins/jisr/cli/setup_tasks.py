"""The commands that make a site, bring it up to date, and put its own words and templates before those of the package."""

from jisr.build.options import Options
from jisr.cli.tasks import ask_at_terminal, exit_with, run_on_site, task


@task(
    folder="the folder to write, which is new or empty",
    languages='the tags of its languages; the first text is an original in the first one: "ar en"',
    url="the address that it will be published at",
    kinds='the kinds of its texts, as "news statements"; else all',
    color='the colour of its links, as "#0f4d63"',
)
def new_site(c, folder, name="", languages="", url="", kinds="", color="", say=None):  # noqa: PLR0913, PLR0917
    """Write a new site that uses the installed package: settings, a first text, workflows, handbooks, the program itself."""
    import os
    import sys
    from dataclasses import replace
    from datetime import UTC, datetime

    from jisr.cli.commands import run_without_site
    from jisr.core.build.run_context import build_time
    from jisr.editing.model.generated_files import write_model_files
    from jisr.editing.sites.new_site import NewSiteOptions, ask_missing, create_site

    options, today = (
        NewSiteOptions(folder, name, languages, url, kinds, color),
        build_time(os.environ, datetime.now(UTC)).date(),
    )
    if sys.stdin.isatty():
        options = ask_missing(options, ask_at_terminal)
    elif not languages:
        options = replace(options, languages="en")
    if code := run_without_site(Options(say=say), lambda formatter: create_site(options, today, formatter)):
        exit_with(code)
    run_on_site(Options(f"{folder}/pelicanconf.py", say=say), write_model_files)


@task(
    wheel="the file of the new program, as jisr-1.0.0-py3-none-any.whl",
    yes="write the changes, which are otherwise shown alone, or asked about at a terminal",
)
def upgrade(c, wheel, yes=False, settings="pelicanconf.py", say=None):
    """Exchange the program of this site for that of a wheel, with its packages, workflows and handbooks; shows what changes."""
    import sys

    from jisr.editing.sites.upgrade import UpgradeOptions, upgrade_site

    options = UpgradeOptions(wheel, yes, ask_at_terminal if sys.stdin.isatty() else None)
    run_on_site(Options(settings, say=say), lambda context: upgrade_site(context, options))


@task(
    positional=["folder"],
    folder="the top folder of the fork; else this one",
    base="the last commit of the program's repository that the fork has; else found in the history",
    yes="write the site, which is otherwise shown alone, or asked about at a terminal",
)
def unfork(c, folder=".", base="", yes=False, say=None):
    """Make a fork of the program's repository a site that uses the package; its texts stay, what has no place is told."""
    import os
    import sys
    from datetime import UTC, datetime

    from jisr.build.console.problem_report import report
    from jisr.cli.commands import run_with_site, run_without_site
    from jisr.core.build.run_context import build_time
    from jisr.editing.model.generated_files import write_model_files
    from jisr.editing.sites.fork.fork_conversion import UnforkOptions, convert_fork

    today = build_time(os.environ, datetime.now(UTC)).date()
    options = UnforkOptions(folder, base, yes, ask_at_terminal if sys.stdin.isatty() else None)

    def work(formatter):
        if not convert_fork(options, today, report, formatter):
            return 0
        return run_with_site(Options(f"{folder}/pelicanconf.py", say=say), write_model_files)

    exit_with(run_without_site(Options("", say=say), work))


@task(positional=["template"], template="the file in the folder of templates, as components/footer.html")
def override(c, template, settings="pelicanconf.py", say=None):
    """Copy a template of the program into themes/templates/, to be changed; of one that is there, note its changes as seen."""
    from jisr.editing.sites.overrides import override_template

    run_on_site(Options(settings, say=say), lambda context: override_template(context, template))


@task(positional=["lang"], lang="the language of the catalogue, one of LANGUAGES")
def messages(c, lang, settings="pelicanconf.py", say=None):
    """Begin a catalogue of the interface in translations/, or bring it up to date; its words go before the package's."""
    from jisr.editing.sites.overrides import begin_catalog

    run_on_site(Options(settings, say=say), lambda context: begin_catalog(context, lang))
