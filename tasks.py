"""The commands: ``inv --list`` shows them, ``inv --help build`` explains one. What they share is plugins/engine/tasks.py."""

import sys

from invoke import Context

from plugins.engine.tasks import ask, end, stated, task

PYTHON = f'"{sys.executable}" -m'
# A file of tests stays on one worker: it opens one browser and reads one site. tests/conftest.py puts slow files first.
PYTEST = f"{PYTHON} pytest -n auto --dist loadfile --no-loadscope-reorder"


@task(profile="build all of it, and say by stage where the time went")
def build(  # noqa: PLR0913, PLR0917
    c,
    content=None,
    output=None,
    settings="pelicanconf.py",
    siteurl=None,
    say=None,
    lang=None,
    profile=False,
    shard="",
    bodies="",
):
    """Build the site into output/, or with --shard a part of it."""
    from plugins.engine import building

    options = stated(settings, content, output, siteurl, say or lang)
    if not shard:
        end(building.profile(options) if profile else building.build(options))
        return
    from plugins.engine import sharding

    end(sharding.build(options, shard, bodies))


@task()
def bodies(c, shard, bodies="bodies", content=None, settings="pelicanconf.py", siteurl=None, say=None):
    """Render the Markdown of a shard's texts, so that the builds of all shards need not."""
    from plugins.engine import sharding

    end(sharding.render(stated(settings, content, siteurl=siteurl, say=say), shard, bodies))


@task(folder="where the folders of the shards lie")
def join(c, folder, content=None, output=None, settings="pelicanconf.py", say=None):
    """Put shards together as the site, byte for byte what one build writes; part of them is refused."""
    from plugins.engine import sharding

    end(sharding.join(stated(settings, content, output, say=say), folder))


@task(fix="mend first what is certain, in the files themselves")
def check(c, content=None, output=None, settings="pelicanconf.py", siteurl=None, say=None, lang=None, fix=False):  # noqa: PLR0913, PLR0917
    """Show everything that is wrong in texts, settings, catalogues and templates, and write nothing; --fix mends texts."""
    from plugins.engine import commands

    options = stated(settings, content, output, siteurl, say or lang)
    if fix:
        from plugins.checks.fixing import command

        ask(options, command)
    end(commands.check(options))


@task(port="where to listen, on this machine only")
def serve(c, content=None, output=None, settings="pelicanconf.py", siteurl=None, say=None, lang=None, port="8000"):  # noqa: PLR0913, PLR0917
    """Build, serve on this machine, and show every saved change in the browser; drafts included."""
    from plugins.engine.preview import serve as run

    end(run(stated(settings, content, output, siteurl, say or lang), port=port))


@task(output="the folder to write; the archive lies beside it, as <folder>.zip")
def preview(c, content=None, output="preview", settings="pelicanconf.py", siteurl=None, say=None, lang=None):
    """Build the site, drafts included, so that it opens from disk, and pack it into preview.zip, to show it to others."""
    from plugins.engine import commands
    from plugins.publishing.archive import pack

    end(commands.preview(stated(settings, content, output, siteurl, say or lang), pack))


@task(
    positional=["kind", "id"],
    kind="the folder's name, or its singular: statement",
    id="part of the address in every language; of a post <member>/<id>",
    lang="the language it is written in, as ar",
    title="its title, in that language",
)
def new(c, kind, id, lang, title="", content=None, settings="pelicanconf.py", say=None):  # noqa: A002, PLR0913, PLR0917
    """Begin a text: a folder, and in it a file that says what may stand there."""
    from plugins.editing import commands as editing
    from plugins.editing.starting import NewText

    asked = NewText(kind, id, lang or "", title)
    ask(stated(settings, content, say=say), lambda context: editing.new(context, asked))


@task(
    lang="the language to translate it into; with --minor also: all",
    title="the title in that language",
    by="who translates",
    pin="the translation says what the original says today: note that",
    minor="the last change of the original changed no meaning: note that in its translations",
)
def translate(c, path, lang, title="", by="", pin=False, minor=False, content=None, settings="pelicanconf.py", say=None):  # noqa: PLR0913, PLR0917
    """Begin a translation, with each part of the original beside the place to write it; or bring its pin up to date."""
    from plugins.editing import commands as editing
    from plugins.editing.translating import Wanted

    wanted = Wanted(path, lang, title, by, pin, minor)
    ask(stated(settings, content, say=say), lambda context: editing.translate(context, wanted))


@task(lang="the language to translate it into", to="the file to write; else <id>.<lang>.po here")
def po(c, path, lang, to="", content=None, settings="pelicanconf.py", say=None):
    """Write a text as a PO file, for translators who use Poedit or Weblate; inv merge brings it back."""
    from plugins.editing import commands as editing

    ask(stated(settings, content, say=say), lambda context: editing.hand_out(context, path, lang, to))


@task(file="a PO file that inv po wrote and somebody translated")
def merge(c, file, content=None, settings="pelicanconf.py", say=None):
    """Put a translated PO file into its text; what was not translated anew stays as it is, to the letter."""
    from plugins.editing import commands as editing

    ask(stated(settings, content, say=say), lambda context: editing.take_back(context, file))


@task(
    lang="this language alone",
    diff="the blocks that changed, with their old words where git has them",
    json="for programs; plugins/editing/README.md describes it",
)
def status(c, lang="", diff=False, json=False, content=None, settings="pelicanconf.py", say=None):
    """Show what is missing or stale in each language; the exit code is 1 where something is stale."""
    from plugins.editing import commands as editing

    question = editing.Question(lang, diff, json)
    ask(stated(settings, content, say=say), lambda context: editing.status(context, question))


@task()
def editor(c, settings="pelicanconf.py", say=None):
    """Fetch and build the program of the web editor with npm; from the next build on it stands at /admin/."""
    from plugins.editing.web.command import main

    ask(stated(settings, say=say), lambda _: main())


@task()
def model(c, content=None, settings="pelicanconf.py", say=None):
    """Write what is made from the content model: the tables of fields of the handbooks, and snippets for VS Code."""
    from plugins.editing.model.writing import write

    ask(stated(settings, content, say=say), write)


@task(
    member="this member alone, by its id, even where it is left alone for a while",
    dry_run="show what would be written, and write nothing",
)
def fetch(c, member="", dry_run=False, content=None, settings="pelicanconf.py", say=None):
    """Bring new posts of the members' blogs into content/posts/; the only command of editors that asks the network."""
    from plugins.aggregate.desk import Asked
    from plugins.aggregate.run import main
    from plugins.engine.reporting import report

    asked = Asked(member, dry_run)
    ask(stated(settings, content, say=say), lambda context: main(context, asked, report))


@task(to="the folder for the PDF; else this one")
def pdf(c, path, to=".", content=None, settings="pelicanconf.py", say=None):
    """Write a text as a PDF, for paper: a folder in every language it has, a file in its own; the same bytes each time."""
    from plugins.engine.commands import building
    from plugins.printing.command import Wanted
    from plugins.printing.command import pdf as write

    wanted = Wanted(path, to)
    end(building(stated(settings, content, say=say), lambda read, build: write(read, build, wanted)))


@task()
def clean(c, output=None, settings="pelicanconf.py"):
    """Remove the output and the cache."""
    from plugins.engine import commands

    end(commands.clean(stated(settings, None, output)))


@task(thorough="also what takes long: kills, long random sequences, further languages, tests of tests")
def test(c: Context, thorough: bool = False) -> None:
    """Check style and types, then run the tests, as many files at once as there are processors."""
    checks = [f"{PYTHON} ruff check .", f"{PYTHON} ruff format --check .", f"{PYTHON} mypy"]
    failed = [command for command in checks if not c.run(command, warn=True)]
    tested = c.run(PYTEST if thorough else f'{PYTEST} -m "not thorough"', warn=True)
    end(1 if failed or not tested else 0)


@task()
def coverage(c: Context) -> None:
    """Run all tests, the thorough ones too, and fail where they reach too little of the code; it takes twice their time."""
    end(0 if c.run(f"{PYTEST} --cov --cov-report=term", warn=True) else 1)


@task(
    rollback="serve the release before the one that is served",
    shards="a folder of shards, which are joined in place of a build",
    snippets="print what stands in the settings of a server, nginx or caddy, and publish nothing",
)
def publish(c, content=None, output=None, settings="publishconf.py", rollback=False, snippets="", shards="", say=None):  # noqa: PLR0913, PLR0917
    """Build the site, check all that was built, and switch it over to where PUBLISH says; nothing, where anything is wrong."""
    from plugins.engine.commands import publishing
    from plugins.publishing import commands

    options = stated(settings, content, output, say=say)
    if snippets:
        end(publishing(options, lambda read, _: commands.show(read, snippets)))
        return
    if shards:
        from plugins.engine.sharding import joined

        end(publishing(options, lambda read, _: commands.publish(read, lambda to: joined(read, shards, commands.approve, to))))
        return
    end(publishing(options, (lambda read, _: commands.roll_back(read)) if rollback else commands.publish))


@task(copy="the address or folder of a copy of the site")
def verify(c, copy, content=None, settings="publishconf.py", say=None):
    """Compare a published copy with what the texts of this commit make, file by file; a difference fails."""
    from plugins.engine.commands import publishing
    from plugins.publishing.verifying import verify as compare

    end(publishing(stated(settings, content, say=say), lambda read, build: compare(read, build, copy)))


@task(output="the folder of the built site")
def summary(c, content=None, output="output", settings="publishconf.py", say=None):
    """Print what the texts and the built site came to, as Markdown: for $GITHUB_STEP_SUMMARY and the like."""
    from pathlib import Path

    from plugins.publishing.summarising import summarise

    ask(stated(settings, content, say=say), lambda context: summarise(context, Path(output)))


@task(name="sign-key", file="the file for the secret half of the key")
def sign_key(c, file="sign.key", settings="pelicanconf.py", say=None):
    """Make the key that signs what is published: its secret half in a file, its public half for the settings."""
    from pathlib import Path

    from plugins.engine.commands import speaking
    from plugins.publishing import commands

    end(speaking(stated(settings, say=say), lambda voice: commands.sign_key(Path(file), voice)))


@task(output="the folder of the built site")
def weigh(c, output="output", settings="pelicanconf.py", say=None):
    """Weigh every page of a built site; a text that is too heavy, or asks another host, fails."""
    from pathlib import Path

    from plugins.engine.commands import speaking
    from plugins.publishing.weighing import tell

    end(speaking(stated(settings, say=say), lambda voice: tell(Path(output), voice)))


@task(
    texts="how many texts, each in four languages (1000); for --growth several, in quotes (250 1000 2500)",
    times="how often each is run",
    growth="first builds at several sizes, and how their cost grows",
    chart="an SVG file to write",
)
def bench(c, texts="", times="3", growth=False, chart=None):
    """Measure Jisr, and Hugo where it is installed, in turn on the same corpus."""
    asked = ["--times", times, *(["--texts", *texts.split()] if texts else []), *(["--growth"] if growth else [])]
    asked += ["--chart", chart] if chart else []
    done = c.run(" ".join([f'"{sys.executable}"', "-m", "plugins.bench", *(f'"{one}"' for one in asked)]), warn=True)
    end(0 if done else 1)


@task()
def messages(c, settings="pelicanconf.py"):
    """Bring the catalogues up to date with the messages of templates and code, one for each of LANGUAGES."""
    from plugins.engine import commands
    from plugins.engine.options import ROOT
    from plugins.multilingual.extraction import update

    languages = commands.read(stated(settings), {})["LANGUAGES"]
    for path in update(ROOT, languages):
        print(path)
