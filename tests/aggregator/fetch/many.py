"""``python -m tests.aggregator.fetch.many``: measures a run over many members of slow servers; no test, since it has a clock.

Each member has a server of its own (an address of loopback, where the system has them all), 200 ms away.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from tests.aggregator.fetch.blogs import Blogs, conditional, feed
from tests.aggregator.fetch.network import Desks


def main() -> int:
    """Measure three runs: the first, one with nothing new, one after the memory was lost. Returns 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--posts", type=int, default=20)
    parser.add_argument("--latency", type=float, default=0.2, help="seconds")
    stated = parser.parse_args()
    with Blogs() as blogs, tempfile.TemporaryDirectory() as folder:
        desks = Desks(Path(folder), blogs, seconds=20)
        for number in range(stated.members):
            body = feed(*range(stated.posts), host=f"{number}.example.org")
            blogs.at[f"/{number}"] = conditional(body, after=stated.latency)
            desks.join(f"m{number}", f"/{number}")
        for name in ("first", "nothing new", "memory lost"):
            if name == "memory lost":
                for file in (desks.root / ".cache" / "fetch").glob("*.json"):
                    file.unlink()
            blogs.asked.clear()
            began = time.monotonic()
            rows = desks.run()
            took = time.monotonic() - began
            written = sum(len(row.changes) for row in rows.values())
            good = sum(row.result.reason == "" for row in rows.values())
            asked = sum("if-none-match" in one.headers for one in blogs.asked)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            requests = f"{asked} of {len(blogs.asked)} requests conditional"
            print(f"{name}: {took:.2f} s, {good} answered, {requests}, {written} files, {memory:.0f} MB")
            desks.later(hours=6)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
