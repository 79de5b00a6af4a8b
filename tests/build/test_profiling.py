"""A profile says by stage where the time of a build went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jisr.cli import profiling
from jisr.core.build.resources import PACKAGE

if TYPE_CHECKING:
    from tests.build.conftest import Workplace


def test_a_profile_tells_the_stages_of_a_build(workplace: Workplace) -> None:
    """``--profile`` builds all of it, and gives shares of its time that make up the whole."""
    done = workplace.command("build", "--profile")

    assert done.returncode == 0, done.stderr
    rows = [line.rpartition("%")[0].rsplit(None, 1) for line in done.stdout.splitlines() if line.endswith(" %")]
    shares = {name: float(share) for name, share in rows}
    assert {"templates", "views", "reading"} <= set(shares)
    assert not {"core", "build", "cli"} & set(shares)
    assert 99 < sum(shares.values()) < 101
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert workplace.files(workplace.output)


def test_every_stage_names_what_is_there() -> None:
    """A file or folder that is moved takes its place in the table of stages with it."""
    assert [path for path in profiling._STAGES if not (PACKAGE / path).exists()] == []
