"""A fork as git has it: its files, those of an earlier commit, and the commit at which it began."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from jisr.content.git import run_git
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.frozen import dataclass

SETTINGS = "pelicanconf.py"
_IDENTITY = ("SITENAME", "TAG_AUTHORITY", "NETWORK_NAMES")  # what each network states, and the first one differently


@dataclass(frozen=True, slots=True)
class ForkCommit:
    """A commit: its digest, whose it is, its day and its subject."""

    digest: str
    author: str
    day: str
    subject: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A clone, whose files are committed."""

    folder: Path

    def read(self, commit: str, path: str) -> bytes:
        """Return a file of a commit; nothing where the commit has none."""
        return self.read_blob(f"{commit}:{path}")

    def read_blob(self, name: str) -> bytes:
        """Return what git keeps under a name; nothing where there is no such thing."""
        return _run_git(self.folder, "cat-file", "blob", name).stdout

    def list_files(self, commit: str = "HEAD") -> dict[str, str]:
        """Return the files of a commit: the digest of each by its path."""
        listed = self.ask("ls-tree", "-r", "-z", commit).split("\0")
        return {path: head.split()[2] for head, _, path in (line.partition("\t") for line in listed if line)}

    def ask(self, *words: str, given: str = "") -> str:
        """Return what git says, nothing where it fails."""
        done = _run_git(self.folder, *words, given=given)
        return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""


def open_repository(folder: Path, shown: str) -> Repository:
    """Return the repository whose top a folder is. Raises ProblemsError where it is none, or something is not committed."""
    repository, place = Repository(folder), SourceLocation(shown)
    top = repository.ask("rev-parse", "--show-toplevel").removesuffix("\n")
    if not top or Path(top).resolve() != folder.resolve() or not repository.ask("rev-parse", "HEAD"):
        text = (
            '"{path}" is not the top of a git repository with commits. Clone the fork with its history, and name that folder.'
        )
        raise ProblemsError(Problem.error(place, "fork", text, path=shown))
    files = repository.list_files()
    if SETTINGS not in files or not any(path.startswith("plugins/") for path in files):
        text = '"{path}" is no fork: it has no {settings} or no plugins/. A site is upgraded with jisr upgrade NEW.whl.'
        raise ProblemsError(Problem.error(place, "fork", text, path=shown, settings=SETTINGS))
    if repository.ask("status", "--porcelain", "--untracked-files=no"):
        text = '"{path}" has changes that are not committed. Commit them, so that nothing is lost, and run it again.'
        raise ProblemsError(Problem.error(place, "fork", text, path=shown))
    return repository


def _run_git(folder: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder. Raises ProblemsError where there is no git."""
    try:
        return run_git(folder, *words, given=given.encode())
    except FileNotFoundError:
        text = "This command reads the history of the fork, and git is not installed here. Install git, and run it again."
        raise ProblemsError(Problem.error(SourceLocation(str(folder)), "fork", text)) from None


def find_fork_point(repository: Repository, named: str, shown: str) -> ForkCommit:
    """Return the last commit of the program's own repository: the named one, else what the history tells.

    Raises ProblemsError where there is no such commit, or none can be told.
    """
    if named:
        digest = repository.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}").strip()
        commit = next(_read_commits(repository, ["-1", digest, "--"]), None) if digest else None
        if commit is None or not repository.read(commit.digest, SETTINGS):
            text = '"{commit}" is no commit of this clone. Fetch it, or name another with {option}.'
            raise ProblemsError(Problem.error(SourceLocation("--base"), "fork", text, commit=named, option="--base"))
        return commit
    found = _shared_with_another(repository) or _last_of_the_program(repository)
    if found is None:
        text = (
            "The history does not tell where the fork began. Name the last commit of the program's repository that it has, as "
            "--base 1a2b3c4."
        )
        raise ProblemsError(Problem.error(SourceLocation(shown), "fork", text))
    return found


def _shared_with_another(repository: Repository) -> ForkCommit | None:
    """Return the newest commit shared with a repository that is fetched from beside ``origin``; None where there is none."""
    heads = repository.ask("for-each-ref", "--format=%(refname)", "refs/remotes").splitlines()
    others = [head for head in heads if not head.startswith("refs/remotes/origin/")]
    bases = {base for head in others if (base := repository.ask("merge-base", "HEAD", head).strip())}
    return next(_read_commits(repository, ["-1", "--date-order", *sorted(bases), "--"]), None) if bases else None


def _last_of_the_program(repository: Repository) -> ForkCommit | None:
    """Return the newest commit that names the network as the first one does, and is by none of those who named another."""
    commits = list(_read_commits(repository, ["--date-order", "HEAD", "--"]))
    given = "".join(f"{one.digest}:{SETTINGS}\n" for one in commits)
    blobs = [line.split()[0] for line in repository.ask("cat-file", "--batch-check", given=given).splitlines()]
    identities = {blob: _read_identity(repository.read_blob(blob)) for blob in set(blobs)}
    settled = [(commit, identities[blob]) for commit, blob in zip(commits, blobs, strict=True) if identities[blob]]
    if not settled:
        return None
    first, sample = settled[-1]
    owners = {commit.author for commit, identity in settled if identity != sample} - {first.author}
    if all(identity == sample for _, identity in settled):  # nobody named the network: whoever did not begin is of the fork
        owners = {commit.author for commit, _ in settled} - {first.author}
        if not owners:
            return None
    return next((commit for commit, identity in settled if identity == sample and commit.author not in owners), None)


def _read_commits(repository: Repository, words: Sequence[str]) -> Iterator[ForkCommit]:
    listed = repository.ask("log", "--format=%H%x00%ae%x00%ad%x00%s", "--date=short", *words)
    for line in listed.splitlines():
        yield ForkCommit(*line.split("\0"))


def _read_identity(source: bytes) -> tuple[str, ...]:
    """Return how settings name the network; nothing where they are no Python."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return ()
    stated = {name: ast.unparse(value) for node in body for name, value in assigned(node)}
    return tuple(stated.get(name, "") for name in _IDENTITY) if stated else ()


def assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Return the names that a statement assigns, with the value of each."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                yield target.id, node.value
