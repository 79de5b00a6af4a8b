"""The program ``jisr``: the tasks of a site, without a ``tasks.py`` in the folder."""

from __future__ import annotations

from importlib.metadata import version

from invoke import Collection, Program

from jisr.cli import site_tasks


def main() -> None:
    """Run the command that the command line names. Raises SystemExit with its exit code where that is not 0."""
    Program(version=version("jisr"), name="Jisr", binary="jisr", namespace=Collection.from_module(site_tasks)).run()
