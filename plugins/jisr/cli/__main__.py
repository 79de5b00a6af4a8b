"""``python -m jisr.cli build``: the commands without invoke, as the preview server runs them."""

from __future__ import annotations

import argparse

from jisr.build.build import build
from jisr.build.options import Options

COMMANDS = ("build", "check", "clean")


def main() -> int:
    """Run a command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m jisr.cli", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--settings", default="pelicanconf.py")
    parser.add_argument("--content")
    parser.add_argument("--output")
    parser.add_argument("--siteurl")
    parser.add_argument("--say")
    parser.add_argument("--drafts", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--for-preview", action="store_true", help="build for each line of the input, as inv serve needs it")
    values = parser.parse_args()
    options = Options(values.settings, values.content, values.output, values.siteurl, values.drafts, values.say)
    if values.for_preview:
        from jisr.build.dev_server.build_process import run_build_process

        return run_build_process(options)
    if values.command == "build":
        if not values.profile:
            return build(options)
        from jisr.cli.profiling import profile

        return profile(options)
    from jisr.cli import commands  # with Pelican and all: a build may do without

    return commands.check(options) if values.command == "check" else commands.clean(options)


if __name__ == "__main__":
    raise SystemExit(main())
