"""A git host in a folder: a repository, proposals, and the jobs of workflows, run step by step as GitHub runs them.

Commands are those of the workflows, to the letter. What sets Python up is left out: ``.venv`` is where the tests run.
What an action of others does is done here as far as a job depends on it; one that is not known here ends the test.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import CLOCK, ROOT, copy_repository
from tests.publishing.conftest import unmeasured

REPOSITORY = "network/site"
TOKEN = "t0ken"
DAY = 24 * 60 * 60
SHELLS = {"": ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}
ALWAYS = "${{ !cancelled() }}"
LEFT_OUT = ("bash .ci/install",)
LONG_ENOUGH = 120


@dataclass(frozen=True, slots=True)
class Run:
    """What a job came to: its folder, how each step ended, all that was printed, and the page of the run."""

    folder: Path
    ended: dict[str, int]
    log: str
    summary: str

    @property
    def is_good(self) -> bool:
        """Whether every step ended well."""
        return not any(self.ended.values())


@dataclass
class Host:
    """The host; ``day`` is how many days have passed since the clock of the tests."""

    root: Path
    day: int = 0
    runs: int = 0
    served: Path = field(init=False)

    def __post_init__(self) -> None:
        """Create the host with the current state of the repository and no proposals; commits are made in its checkout."""
        self.checkout, self.served = self.root / "checkout", self.root / "served"
        self._bare, self._cache = self.root / f"{REPOSITORY}.git", self.root / "cache"
        self._proposals, self._programs = self.root / "proposals.json", self.root / "bin"
        self._proposals.write_text("[]", "utf-8")
        self._programs.mkdir()
        program = self._programs / "gh"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("gh.py")}" "$@"\n', "utf-8")
        program.chmod(0o755)
        self._lead_home()
        self.git("init", "-q", "--bare", "-b", "main", str(self._bare), folder=self.root)
        copy_repository(self.checkout)
        self.git("init", "-q", "-b", "main", ".")
        self.git("remote", "add", "origin", str(self._bare))

    def _lead_home(self) -> None:
        """Let git find the addresses of GitHub here: anybody reads, who names the token writes."""
        home, address = f"file://{self.root}/", "github.com/"
        lines = [
            f'[url "{home}"]',
            f"insteadOf = https://{address}",
            f"insteadOf = https://x-access-token:{TOKEN}@{address}",
            f'[url "file://{self.root}/nobody-may-push/"]',
            f"pushInsteadOf = https://{address}",
            "[protocol]",
            "allow = never",
            '[protocol "file"]',
            "allow = always",
        ]
        (self.root / "gitconfig").write_text("\n".join(lines) + "\n", "utf-8")

    def git(self, *words: str, folder: Path | None = None) -> str:
        """Run git, in the checkout or another folder, and return its output."""
        who = ["-c", "user.name=Shno", "-c", "user.email=shno@example.org"]
        done = subprocess.run(
            ["git", *who, *words],
            cwd=folder or self.checkout,
            env=self._environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def push(self, what: str) -> None:
        """Commit the changes of the checkout, and push it to main."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", what)
        self.git("push", "--quiet", "origin", "HEAD:refs/heads/main")

    def pull(self) -> None:
        """Update the checkout to main."""
        self.git("pull", "--quiet", "--ff-only", "origin", "main")

    def show(self, *words: str) -> str:
        """Ask the repository of the host."""
        return self.git(*words, folder=self._bare)

    def files(self, branch: str, folder: str) -> set[str]:
        """Return the files of a branch below a folder."""
        return set(self.show("ls-tree", "-r", "--name-only", branch, folder).splitlines())

    @property
    def proposals(self) -> list[dict[str, str]]:
        """All proposals, in the order of their creation."""
        return list(json.loads(self._proposals.read_text("utf-8")))

    def merge(self, branch: str) -> None:
        """Merge what is proposed into main, as one commit; the branch stays, as it does on GitHub."""
        self.git("fetch", "--quiet", "origin", branch)
        self.git("merge", "--quiet", "--squash", "FETCH_HEAD")
        self.push("What was proposed")
        self._proposals.write_text(json.dumps([{**one, "state": "merged"} for one in self.proposals]), "utf-8")

    def run(self, workflow: str, name: str, **secrets: str) -> Run:
        """Run a job of a workflow in a clone of its own, until a step fails; steps that run in any case still do."""
        job = yaml.safe_load((ROOT / ".github" / "workflows" / workflow).read_text("utf-8"))["jobs"][name]
        assert job["permissions"]["contents"] == "write", "what pushes says that it writes"
        self.runs += 1
        folder, summary = self.root / f"run-{self.runs}" / "site", self.root / f"run-{self.runs}" / "summary.md"
        folder.parent.mkdir()
        summary.touch()
        ended: dict[str, int] = {}
        said = []
        for step in job["steps"]:
            when = step.get("if", "")
            assert when in ("", ALWAYS), f"{when}: say here what that means"
            if any(ended.values()) and when != ALWAYS:
                continue
            if "uses" in step:
                self._act(step["uses"].split("@")[0], step.get("with", {}), folder)
            elif not step["run"].startswith(LEFT_OUT):
                done = self._step(step, folder, summary, secrets)
                ended[step.get("name") or step["run"]] = done.returncode
                said.append(done.stdout)
        if not any(ended.values()) and (folder / ".cache" / "fetch").is_dir():
            shutil.copytree(folder / ".cache" / "fetch", self._cache, dirs_exist_ok=True)
        return Run(folder, ended, "".join(said), summary.read_text("utf-8"))

    def _act(self, action: str, stated: dict[str, Any], folder: Path) -> None:
        """Do what an action of others does."""
        if action == "actions/checkout":
            depth = [] if stated.get("fetch-depth") == 0 else ["--depth", "1"]
            self.git("clone", "--quiet", *depth, f"https://github.com/{REPOSITORY}.git", str(folder), folder=self.root)
            (folder / ".venv").symlink_to(sys.prefix)
        elif action == "actions/cache" and self._cache.is_dir():
            shutil.copytree(self._cache, folder / stated["path"])
        elif action == "actions/upload-pages-artifact":
            shutil.rmtree(self.served, ignore_errors=True)
            shutil.copytree(folder / stated["path"], self.served)
        else:
            assert action in ("actions/setup-python", "actions/cache", "actions/deploy-pages"), (
                f"{action}: say here what it does"
            )

    def _step(
        self, step: dict[str, Any], folder: Path, summary: Path, secrets: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run the commands of a step in the shell that GitHub takes for it."""
        script = folder.parent / "step.sh"
        script.write_text(step["run"], "utf-8")
        known = {"github.token": TOKEN, **{f"secrets.{name}": value for name, value in secrets.items()}}
        stated = {
            name: re.sub(r"\$\{\{ (\S+) }}", lambda found: known.get(found[1], ""), str(value))
            for name, value in step.get("env", {}).items()
        }
        assert "${{" not in step["run"], "a command takes what others wrote from a variable, never as its own words"
        return subprocess.run(
            [*SHELLS[step.get("shell", "")], str(script)],
            cwd=folder,
            env=self._environment(GITHUB_STEP_SUMMARY=str(summary), **stated),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=LONG_ENOUGH,
            check=False,
        )

    def _environment(self, **more: str) -> dict[str, str]:
        """Return the variables that a step sees: those of GitHub, and none of who runs the tests that git or Python heed."""
        kept = {
            name: value
            for name, value in unmeasured(os.environ).items()
            if not name.startswith(("GIT", "PYTHON", "JISR", "GH_"))
        }
        return {
            **kept,
            "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.root),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": REPOSITORY,
            "GIT_CONFIG_GLOBAL": str(self.root / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "PROPOSALS": str(self._proposals),
            "SOURCE_DATE_EPOCH": str(int(CLOCK) + self.day * DAY),
            **more,
        }
