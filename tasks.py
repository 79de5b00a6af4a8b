"""The commands: ``inv --list`` shows them, ``inv --help build`` explains one."""

import sys
from typing import TYPE_CHECKING

from invoke import Context, Exit, task

if TYPE_CHECKING:
    from plugins.engine.commands import Options

SITE = {
    "content": "the folder of the texts",
    "output": "the folder that the site is written to; a good build replaces whatever is in it",
    "settings": "the settings file",
    "siteurl": "the address that the site will be served at",
}


def _options(settings: str, content: str | None, output: str | None, siteurl: str | None) -> "Options":
    from plugins.engine.commands import Options

    return Options(settings=settings, content=content, output=output, siteurl=siteurl)


def _end(code: int) -> None:
    if code:
        raise Exit(code=code)


@task(help=SITE)
def build(c, content=None, output=None, settings="pelicanconf.py", siteurl=None):
    """Build the site into output/."""
    from plugins.engine import commands

    _end(commands.build(_options(settings, content, output, siteurl)))


@task(help=SITE)
def check(c, content=None, output=None, settings="pelicanconf.py", siteurl=None):
    """Show everything that is wrong in texts, settings, catalogues and templates, and write nothing."""
    from plugins.engine import commands

    _end(commands.check(_options(settings, content, output, siteurl)))


@task(help=SITE | {"port": "where to listen, on this machine only"})
def serve(c, content=None, output=None, settings="pelicanconf.py", siteurl=None, port=8000):
    """Build, serve on this machine, and show every saved change in the browser; drafts included."""
    from plugins.engine.preview import serve as run

    _end(run(_options(settings, content, output, siteurl), port=int(port)))


@task(help={"output": SITE["output"], "settings": SITE["settings"]})
def clean(c, output=None, settings="pelicanconf.py"):
    """Remove the output and the cache."""
    from plugins.engine import commands

    _end(commands.clean(_options(settings, None, output, None)))


@task
def test(c: Context) -> None:
    """Check style and types, then run all tests with coverage."""
    python = f'"{sys.executable}" -m'
    checks = [f"{python} ruff check .", f"{python} ruff format --check .", f"{python} mypy"]
    failed = [command for command in checks if not c.run(command, warn=True)]
    tested = c.run(f"{python} pytest --cov --cov-report=term", warn=True)
    _end(1 if failed or not tested else 0)


@task(
    help={"texts": "how many texts, each in four languages", "times": "how often each is run", "chart": "an SVG file to write"}
)
def bench(c, texts=1000, times=3, chart=None):
    """Measure Jisr, and Hugo where it is installed, in turn on the same corpus."""
    asked = ["--texts", str(texts), "--times", str(times), *(["--chart", chart] if chart else [])]
    done = c.run(" ".join([f'"{sys.executable}"', "-m", "plugins.bench", *(f'"{one}"' for one in asked)]), warn=True)
    _end(0 if done else 1)


@task(help={"settings": SITE["settings"]})
def messages(c, settings="pelicanconf.py"):
    """Bring the catalogues up to date with the messages of templates and code, one for each of LANGUAGES."""
    from plugins.engine import commands
    from plugins.multilingual.extraction import update

    stated = commands.read(_options(settings, None, None, None), {})
    for path in update(commands.ROOT, stated["LANGUAGES"]):
        print(path)
