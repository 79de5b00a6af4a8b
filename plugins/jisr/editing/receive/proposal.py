"""A proposal: a branch with one commit that adds one file. Work tree and index of the checkout stay as they are."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from jisr.content.git import run_git
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.editing.receive.refusals import MailDeferredError

BRANCHES = "replies"
BASE = "HEAD"  # the commit at which branches begin: the one that is checked out
_AUTHOR = "jisr receive"
_SECONDS = 120
_NEW = "0" * 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """The name of a branch, and whether it was there before."""

    branch: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class ProposalWriter:
    """The git repository that holds the content folder: ``prefix`` is that folder's path in it; ``remote`` gets each branch."""

    folder: Path
    prefix: str
    address: str  # of the author of commits: the site's, never that of a sender
    remote: str = ""

    def propose(self, path: str, content: bytes, day: date, message: str, name: str) -> Proposal:
        """Add a file below the content folder, on a branch of its own; where that is there already, it stays as it is.

        Raises MailDeferredError where git fails.
        """
        branch = f"{BRANCHES}/{name}"
        is_new = not self._git("for-each-ref", "--format=%(refname)", f"refs/heads/{branch}").strip()
        if is_new:
            blob = self._git("hash-object", "-w", "--stdin", given=content).strip()
            with tempfile.TemporaryDirectory(prefix="jisr-receive-") as folder:
                index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
                self._git("read-tree", BASE, more=index)
                self._git("update-index", "--add", "--cacheinfo", f"100644,{blob},{self.prefix}{path}", more=index)
                tree = self._git("write-tree", more=index).strip()
            commit = self._git("commit-tree", tree, "-p", BASE, given=message.encode(), more=self._names(day)).strip()
            self._git("update-ref", f"refs/heads/{branch}", commit, _NEW)
        if self.remote:
            self._git("push", "--quiet", self.remote, f"refs/heads/{branch}:refs/heads/{branch}")
        return Proposal(branch, is_new)

    def is_known(self, folder: str, digest: str, name: str) -> bool:
        """Whether a reply of these words is there: beside a text, on the remote, or here on a branch of another name."""
        files = self.ask("ls-tree", "--name-only", BASE, "--", f"{self.prefix}{folder}/")
        own = f"refs/heads/{BRANCHES}/{name}"
        branches = self.ask("for-each-ref", "--format=%(refname)", f"refs/heads/{BRANCHES}", "refs/remotes")
        return any(f"-{digest}." in one for one in files) or any(one.endswith(f"-{digest}") and one != own for one in branches)

    def _names(self, day: date) -> dict[str, str]:
        moment = f"{day}T00:00:00+0000"  # no date is finer than the day
        return {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", _AUTHOR), ("EMAIL", self.address), ("DATE", moment))
        }

    def ask(self, *arguments: str) -> list[str]:
        """Return the lines of what git says. Raises MailDeferredError where it fails."""
        return self._git(*arguments).splitlines()

    def _git(self, *arguments: str, given: bytes = b"", more: dict[str, str] | None = None) -> str:
        """Return what git says. Raises MailDeferredError where it fails."""
        # A hook of another repository sets variables by which git would look there.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        try:
            done = run_git(self.folder, *arguments, given=given, inherited={**inherited, **(more or {})}, seconds=_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            raise MailDeferredError(phrase('"git" cannot be run: {reason}.', reason=type(error).__name__)) from None
        if done.returncode:
            reason = " ".join(done.stderr.decode("utf-8", "replace").split())[-300:]
            raise MailDeferredError(phrase('"git {name}" failed: {reason}.', name=arguments[0], reason=reason.rstrip(".")))
        return done.stdout.decode("utf-8", "replace")


def open_repository(content: Path, shown: str, host: str, remote: str) -> ProposalWriter:
    """Return the writer of proposals of the repository that holds a content folder. Raises ProblemsError where none does."""
    plain = ProposalWriter(content, "", f"replies@{host}", remote)
    try:
        top, prefix, *_ = [*plain.ask("rev-parse", "--show-toplevel", "--show-prefix"), ""]
        plain.ask("rev-parse", "--verify", "--quiet", f"{BASE}^{{commit}}")
    except MailDeferredError:
        text = '"{path}" lies in no git repository with a commit. Run this in a clone of the repository of the site.'
        raise ProblemsError(Problem.error(SourceLocation(shown), "receive", text, path=shown)) from None
    return ProposalWriter(Path(top), prefix, plain.address, remote)


def proposal_message(lines: Iterable[str]) -> str:
    """Return the message of a commit: its subject, an empty line, and the rest."""
    first, *rest = lines
    return "\n".join([first, "", *rest]).strip() + "\n"
