"""The two requests that workflows make of ``gh``, answered by a list of proposals in a file; any other is refused."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Count the open proposals of a branch, or open one. Returns 0, or 1 where the real program would refuse."""
    parser = argparse.ArgumentParser(prog="gh", allow_abbrev=False)
    asked = parser.add_subparsers(required=True).add_parser("pr").add_subparsers(dest="verb", required=True)
    listing, creating = asked.add_parser("list"), asked.add_parser("create")
    for one in (listing, creating):
        one.add_argument("--head", required=True)
    for name, value in (("--state", "open"), ("--json", "number"), ("--jq", "length")):
        listing.add_argument(name, required=True, choices=[value])
    for name in ("--title", "--body"):
        creating.add_argument(name, required=True)
    wanted = parser.parse_args()
    if not os.environ.get("GH_TOKEN"):
        sys.exit("gh: set GH_TOKEN")
    file = Path(os.environ["PROPOSALS"])
    proposals = json.loads(file.read_text("utf-8"))
    is_open = [one for one in proposals if one["head"] == wanted.head and one["state"] == "open"]
    if wanted.verb == "list":
        print(len(is_open))
        return 0
    if is_open:
        sys.exit(f"gh: {wanted.head} has an open proposal")
    subprocess.run(["git", "ls-remote", "--exit-code", "origin", f"refs/heads/{wanted.head}"], check=True, timeout=60)
    proposals.append({"head": wanted.head, "state": "open", "title": wanted.title, "body": wanted.body})
    file.write_text(json.dumps(proposals), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
