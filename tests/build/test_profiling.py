"""A profile says by stage where the time of a build went."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.build.conftest import Workplace


def test_a_profile_tells_the_stages_of_a_build(workplace: Workplace) -> None:
    """``--profile`` builds all of it, and gives shares of its time that make up the whole."""
    done = workplace.command("build", "--profile")

    assert done.returncode == 0, done.stderr
    rows = [line.rpartition("%")[0].rsplit(None, 1) for line in done.stdout.splitlines() if line.endswith(" %")]
    shares = {name: float(share) for name, share in rows}
    assert {"starting", "templates"} <= set(shares)
    assert 99 < sum(shares.values()) < 101
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert workplace.files(workplace.output)
