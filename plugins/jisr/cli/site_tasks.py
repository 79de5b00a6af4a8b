"""The commands of a site, as tasks of Invoke: the program ``jisr`` and the ``tasks.py`` of a site offer the same.

``inv --list`` shows them, ``inv --help build`` explains one.
"""

from jisr.build.options import Options
from jisr.cli.tasks import ask_at_terminal, exit_with, run_on_site, task


@task(profile="build all of it, and say by stage where the time went")
def build(c, content=None, output=None, settings="pelicanconf.py", siteurl=None, say=None, lang=None, profile=False):  # noqa: PLR0913, PLR0917
    """Build the site into output/."""
    from jisr.build import build as building
    from jisr.cli import profiling

    options = Options(settings, content, output, siteurl, say=say or lang)
    exit_with(profiling.profile(options) if profile else building.build(options))


@task(fix="fix first what is certain, in the files themselves")
def check(c, content=None, output=None, settings="pelicanconf.py", siteurl=None, say=None, lang=None, fix=False):  # noqa: PLR0913, PLR0917
    """Show everything that is wrong in texts, settings, catalogues and templates, and write nothing; --fix corrects texts."""
    from jisr.cli import commands

    options = Options(settings, content, output, siteurl, say=say or lang)
    if fix:
        from jisr.checks.autofix import run_fix_command

        run_on_site(options, run_fix_command)
    exit_with(commands.check(options))


@task(port="where to listen, on this machine only")
def serve(c, content=None, output=None, settings="pelicanconf.py", siteurl=None, say=None, lang=None, port="8000"):  # noqa: PLR0913, PLR0917
    """Build, serve on this machine, and show every saved change in the browser; drafts included."""
    from jisr.build.dev_server.watcher import serve as run

    exit_with(run(Options(settings, content, output, siteurl, say=say or lang), port=port))


@task(
    output="the folder to write; the archive is next to it, as <folder>.zip",
    since="a commit of git: what changed since then is one page next to it, too, as <folder>.html, which opens on a phone",
)
def preview(c, content=None, output="preview", settings="pelicanconf.py", siteurl=None, say=None, lang=None, since=""):  # noqa: PLR0913, PLR0917
    """Build the site, drafts included, so that it opens from disk, and pack it into preview.zip, to show it to others."""
    from jisr.cli import commands
    from jisr.publishing.preview_archive import pack

    exit_with(commands.preview(Options(settings, content, output, siteurl, say=say or lang), pack, since))


@task(
    positional=["kind", "id"],
    kind="the folder's name, or its singular: statement",
    id="part of the address in every language; of a post <member>/<id>",
    lang="the language it is written in, as ar",
    title="its title, in that language",
)
def new(c, kind, id, lang, title="", content=None, settings="pelicanconf.py", say=None):  # noqa: A002, PLR0913, PLR0917
    """Begin a text: a folder, and in it a file that lists the fields it may have."""
    from jisr.cli.commands import run_with_new_text
    from jisr.editing import editing_commands as editing
    from jisr.editing.new.new_text import NewTextOptions

    options = NewTextOptions(kind, id, lang or "", title)
    exit_with(run_with_new_text(Options(settings, content, say=say), lambda context: editing.create_text(context, options)))


@task(
    lang="the language to translate it into; with --minor also: all",
    title="the title in that language",
    by="who translates",
    pin="the translation says what the original says today: note that",
    minor="the last change of the original changed no meaning: note that in its translations",
)
def translate(c, path, lang, title="", by="", pin=False, minor=False, content=None, settings="pelicanconf.py", say=None):  # noqa: PLR0913, PLR0917
    """Begin a translation with each part of the original next to the place for its translation, or update its pin."""
    from jisr.editing import editing_commands as editing
    from jisr.editing.translate.new_translation import TranslateOptions

    options = TranslateOptions(path, lang, title, by, pin, minor)
    run_on_site(Options(settings, content, say=say), lambda context: editing.translate_text(context, options))


@task(lang="the language to translate it into", to="the file to write; else <id>.<lang>.po here")
def po(c, path, lang, to="", content=None, settings="pelicanconf.py", say=None):
    """Write a text as a PO file, for translators who use Poedit or Weblate; inv merge brings it back."""
    from jisr.editing import editing_commands as editing

    run_on_site(Options(settings, content, say=say), lambda context: editing.export_po(context, path, lang, to))


@task(file="a PO file that inv po wrote and somebody translated")
def merge(c, file, content=None, settings="pelicanconf.py", say=None):
    """Put a translated PO file into its text; what was not translated anew stays as it is, to the letter."""
    from jisr.editing import editing_commands as editing

    run_on_site(Options(settings, content, say=say), lambda context: editing.import_po(context, file))


@task(
    positional=["path"],
    path="the file or folder of a text, or kind/id: that text alone",
    lang="this language alone",
    diff="the blocks that changed, with their old words where git has them",
    json="for programs; plugins/jisr/editing/README.md describes it",
)
def status(c, path="", lang="", diff=False, json=False, content=None, settings="pelicanconf.py", say=None):  # noqa: PLR0913, PLR0917
    """Show what is missing or stale in each language; the exit code is 1 where something is stale."""
    from jisr.editing import editing_commands as editing

    options = editing.StatusOptions(path, lang, diff, json)
    run_on_site(Options(settings, content, say=say), lambda context: editing.print_status(context, options))


@task()
def editor(c, settings="pelicanconf.py", say=None):
    """Fetch and build the program of the web editor with npm; from the next build on it is at /admin/."""
    from jisr.editing.web.install import run_install_command

    run_on_site(Options(settings, say=say), lambda _: run_install_command(settings))


@task()
def model(c, content=None, settings="pelicanconf.py", say=None):
    """Write what is made from the content model: the tables of fields of the handbooks, and snippets for VS Code."""
    from jisr.editing.model.generated_files import write_model_files

    run_on_site(Options(settings, content, say=say), write_model_files)


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
    from jisr.cli.site_creation import create_of_fork

    exit_with(create_of_fork(folder, base, yes, say))


@task(positional=["lang"], lang="the language of the catalogue, one of LANGUAGES")
def messages(c, lang, settings="pelicanconf.py", say=None):
    """Begin a catalogue of the interface in translations/, or bring it up to date; its words go before the package's."""
    from jisr.editing.sites.overrides import begin_catalog

    run_on_site(Options(settings, say=say), lambda context: begin_catalog(context, lang))


@task(positional=["template"], template="the file in the folder of templates, as components/footer.html")
def override(c, template, settings="pelicanconf.py", say=None):
    """Copy a template of the program into themes/templates/, to be changed; of one that is there, note its changes as seen."""
    from jisr.editing.sites.overrides import override_template

    run_on_site(Options(settings, say=say), lambda context: override_template(context, template))


@task(
    member="this member alone, by its id, also during back-off",
    dry_run="show what would be written, and write nothing",
)
def fetch(c, member="", dry_run=False, content=None, settings="pelicanconf.py", say=None):
    """Bring new posts of the members' blogs into content/posts/; the only command of editors that asks the network."""
    from jisr.aggregator.config.fetch_context import FetchOptions
    from jisr.aggregator.pipeline import run_fetch
    from jisr.build.console.problem_report import report

    options = FetchOptions(member, dry_run)
    run_on_site(Options(settings, content, say=say), lambda context: run_fetch(context, options, report))


@task(
    name="import",
    positional=["form", "path"],
    form="the old system: wordpress, spip, html or pelican",
    path="its export: a file, or a folder or zip of several",
    media="the folder of the old site's uploads; without it files stay links",
    languages="a table of ids, languages and groups, separated by tabs",
    report="a file for the report, as JSON",
    dry_run="show what would be written, and write nothing",
    map="a file that says which of its categories or types become which kind of text",
    drafts="bring unfinished texts as drafts; private ones never come",
    fetch="ask the old site for files that are not in the folder of uploads",
)
def import_(  # noqa: PLR0913, PLR0917
    c,
    form,
    path,
    media="",
    languages="",
    report="",
    map="",  # noqa: A002 (the option is called so)
    dry_run=False,
    drafts=False,
    fetch=False,
    content=None,
    settings="pelicanconf.py",
    say=None,
):
    """Bring an old site along: its texts in all languages, replies, pictures, and every old address."""
    from jisr.cli.commands import run_with_new_text
    from jisr.importing.import_command import ImportOptions, run_import

    options = ImportOptions(form, path, media, languages, report, map, dry_run, drafts, fetch, seed_ledger=content is None)
    exit_with(run_with_new_text(Options(settings, content, say=say), lambda context: run_import(context, options)))


@task(to="the folder for the PDF; else pdf/, which git passes over")
def pdf(c, path, to="pdf", content=None, settings="publishconf.py", say=None):
    """Write a text as a PDF, for paper: a folder in every language it has, a file in its own; the same bytes each time."""
    from jisr.cli.commands import run_with_build
    from jisr.outputs.pdf.pdf_command import PdfRequest, write_pdfs

    request = PdfRequest(path, to)
    exit_with(run_with_build(Options(settings, content, say=say), lambda context: write_pdfs(context, request)))


@task(
    output="the folder to write",
    since="an earlier <language>.zip: write also what changed since, as <language>.delta.zip, and this language alone",
    page="one text, by its file or folder or kind/id: each version as one HTML file, and no bundles",
)
def bundle(c, output="bundles", since="", page="", content=None, settings="publishconf.py", siteurl=None, say=None):  # noqa: PLR0913, PLR0917
    """Write what readers take away, for each language: a ZIP that opens from a disk, a book, an archive for Kiwix."""
    from jisr.cli.commands import run_with_build
    from jisr.outputs.offline.bundle_command import BundleRequest, write_bundles

    request = BundleRequest(output, since, page)
    options = Options(settings, content, siteurl=siteurl, say=say)
    exit_with(run_with_build(options, lambda context: write_bundles(context, request)))


@task(
    lang="the language of its readers; without it a letter for each language",
    since="the day from which on texts are new, as 2026-11-01",
    output="the folder to write",
)
def digest(c, lang="", since="", output="digest", content=None, settings="publishconf.py", siteurl=None, say=None):  # noqa: PLR0913, PLR0917
    """Write a newsletter of what is new: as HTML, as text with the marks of its direction, and as a mail to send (.eml)."""
    from jisr.cli.commands import run_with_public_site
    from jisr.outputs.text.digest_command import DigestRequest, write_digests

    request = DigestRequest(lang, since, output)
    options = Options(settings, content, siteurl=siteurl, say=say)
    exit_with(run_with_public_site(options, lambda context: write_digests(context, request)))


@task(
    positional=["mail"],
    mail="a mail, a mailbox (mbox) or a folder of mails (Maildir, .eml); without it the standard input",
    listen="take mails by SMTP at a port of this machine, as 127.0.0.1:2525; or by LMTP, as lmtp:127.0.0.1:2525",
    pipe="a mail server calls this: a refused mail ends with 0, so that nothing goes to a sender who may be forged",
    push="the remote of git that gets the branches, as origin",
    most="how many replies a day become proposals",
    wait="each reply is a draft, which is shown when somebody takes that line out",
)
def receive(  # noqa: PLR0913, PLR0917
    c, mail="-", listen="", pipe=False, push="", most="50", wait=False, content=None, settings="pelicanconf.py", say=None
):
    """Make proposals of replies that readers sent by mail: a branch with one file each; nothing is published by itself."""
    from jisr.cli.commands import receive_mails
    from jisr.editing.receive.receive_command import ReceiveOptions

    request = ReceiveOptions(mail, listen, pipe, push, most, wait)
    exit_with(receive_mails(Options(settings, content, say=say), request))


@task()
def clean(c, output=None, settings="pelicanconf.py"):
    """Remove the output and the cache."""
    from jisr.cli import commands

    exit_with(commands.clean(Options(settings, output=output)))


@task(
    rollback="serve the release before the one that is served",
    snippets="print the configuration for a server (nginx, caddy, apache, cloudflare), and publish nothing",
)
def publish(c, content=None, output=None, settings="publishconf.py", rollback=False, snippets="", say=None):
    """Build the site, check all that was built, and switch it over to where PUBLISH says; nothing, where anything is wrong."""
    from jisr.cli.commands import run_with_publishing_build
    from jisr.publishing import publish as commands

    options = Options(settings, content, output, say=say)
    if snippets:
        exit_with(run_with_publishing_build(options, lambda context: commands.print_snippet(context, snippets)))
        return
    exit_with(run_with_publishing_build(options, commands.roll_back if rollback else commands.publish))


@task(copy="the address or folder of a copy of the site")
def verify(c, copy, content=None, settings="publishconf.py", say=None):
    """Compare a published copy with what the texts of this commit make, file by file; a difference fails."""
    from jisr.cli.commands import run_with_publishing_build
    from jisr.publishing.integrity.verify import verify as compare

    exit_with(run_with_publishing_build(Options(settings, content, say=say), lambda context: compare(context, copy)))


@task(output="the folder of the built site")
def summary(c, content=None, output="output", settings="publishconf.py", say=None):
    """Print what the texts and the built site came to, as Markdown: for $GITHUB_STEP_SUMMARY and the like."""
    from pathlib import Path

    from jisr.publishing.site_summary import summarise

    run_on_site(Options(settings, content, say=say), lambda context: summarise(context, Path(output)))


@task(name="sign-key", file="the file for the secret half of the key")
def sign_key(c, file="sign.key", settings="pelicanconf.py", say=None):
    """Make the key that signs what is published: its secret half in a file, its public half for the settings."""
    from pathlib import Path

    from jisr.cli.commands import run_without_site
    from jisr.publishing import publish as commands

    exit_with(run_without_site(Options(settings, say=say), lambda formatter: commands.create_key_file(Path(file), formatter)))


@task(output="the folder of the built site")
def weigh(c, output="output", settings="pelicanconf.py", say=None):
    """Weigh every page of a built site; a text that is too heavy, or asks another host, fails."""
    from pathlib import Path

    from jisr.cli.commands import run_without_site
    from jisr.publishing.checks.page_weight import print_weights

    exit_with(run_without_site(Options(settings, say=say), lambda formatter: print_weights(Path(output), formatter)))


@task(
    folder="the folder to write, which is new or empty",
    languages='the tags of its languages; the first text is an original in the first one: "ar en"',
    url="the address that it will be published at",
    kinds='the kinds of its texts, as "news statements"; else all',
    color='the colour of its links, as "#0f4d63"',
)
def new_site(c, folder, name="", languages="", url="", kinds="", color="", say=None):  # noqa: PLR0913, PLR0917
    """Write a new site that uses the installed package: settings, a first text, workflows, handbooks, the program itself."""
    from jisr.cli.site_creation import create_new
    from jisr.editing.sites.new_site import NewSiteOptions

    exit_with(create_new(NewSiteOptions(folder, name, languages, url, kinds, color), say))
