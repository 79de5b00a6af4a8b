"""The workflows of four git hosts are valid, give third parties no access, and call the documented commands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from jisr.publishing.integrity.seal import seal
from tests.build.conftest import ROOT

GITHUB = sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob(".github/workflows/*.yml"))
FORGEJO = sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob(".forgejo/workflows/*.yml"))
SCHEMAS = {
    "vendor.github-workflows": [*GITHUB, *FORGEJO],
    "vendor.gitlab-ci": [".gitlab-ci.yml"],
    "vendor.woodpecker-ci": [".woodpecker/site.yaml"],
}
PROGRAMS = Path(sys.executable).parent


def read(file: str) -> Any:
    """Return a workflow; YAML 1.1 reads the word ``on`` as true."""
    return yaml.safe_load((ROOT / file).read_text("utf-8"))


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.process  # the checker is a program
def test_workflows_are_valid(schema: str) -> None:
    """Each workflow has the form that its host describes."""
    more = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    command = [str(PROGRAMS / "check-jsonschema"), "--builtin-schema", schema, *more, *SCHEMAS[schema]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.process  # the linter is a program
def test_workflows_are_safe() -> None:
    """A security linter finds nothing in the workflows, without network access."""
    command = [str(PROGRAMS / "zizmor"), "--offline", "--no-progress", *GITHUB, *FORGEJO]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", [*GITHUB, *FORGEJO])
def test_strangers_get_nothing(file: str) -> None:
    """A workflow is read-only unless a job states more; jobs for proposals state nothing more and use no secret."""
    workflow = read(file)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow[True]
    for name, job in workflow["jobs"].items():
        if "pull_request" in workflow[True] and "github.event_name == 'push'" not in job.get("if", ""):
            assert "permissions" not in job, name
            assert "secrets." not in yaml.safe_dump(job), name


@pytest.mark.parametrize("file", GITHUB)
def test_actions_are_pinned(file: str) -> None:
    """A third-party action is pinned by its commit, with its version in a comment."""
    used = re.findall(r"uses: (.*)", (ROOT / file).read_text("utf-8"))
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


@pytest.mark.parametrize("file", [".github/workflows/site.yml", *FORGEJO, ".gitlab-ci.yml", ".woodpecker/site.yaml"])
def test_every_host_publishes_by_the_one_command(file: str) -> None:
    """What tests and publishes is one command each, the same on all hosts and on a local machine."""
    text = (ROOT / file).read_text("utf-8")
    assert "bash .ci/run" in text
    assert ".venv/bin/inv publish" in text
    assert "inv build" not in text


@pytest.mark.parametrize("file", [".github/workflows/site.yml", *FORGEJO, ".gitlab-ci.yml"])
def test_every_proposal_has_a_preview(file: str) -> None:
    """The preview of a proposal is an archive of its run, built without any secret."""
    workflow = read(file)
    job = workflow.get("jobs", workflow)["preview"]
    written = yaml.safe_dump(job)
    assert ".venv/bin/inv preview" in written
    assert "pull_request" in written or "merge_request_event" in written
    kept = job.get("artifacts") or next(step["with"] for step in job["steps"] if "upload-artifact" in step.get("uses", ""))
    assert str(kept.get("path") or kept["paths"][0]).rstrip("/") == "preview"
    assert not re.search(r"secrets|TOKEN|JISR_SIGN_KEY", written)


@pytest.mark.process  # git is a program
def test_a_branch_holds_the_site_alone(tmp_path: Path) -> None:
    """What is pushed for a host is the published folder and nothing else; the folder is then as it was; no site is refused."""
    output, bare = tmp_path / "output", tmp_path / "bare.git"
    (output / "ckb").mkdir(parents=True)
    (output / "ckb" / "index.html").write_text("بەیان", "utf-8")
    subprocess.run(["git", "init", "-q", "--bare", bare], check=True, timeout=30)
    command = ["bash", str(ROOT / ".ci" / "pages"), str(output), str(bare)]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (refused.returncode, "run inv publish first" in refused.stderr) == (1, True)

    seal(output, "https://network.example", "", None)
    for _ in range(2):
        subprocess.run(command, check=True, timeout=30)
    listed = subprocess.run(
        ["git", "-C", bare, "ls-tree", "-r", "--name-only", "pages"], capture_output=True, text=True, timeout=30, check=True
    )
    assert listed.stdout.split() == ["SHA256SUMS", "_headers", "ckb/index.html"]
    assert not (output / ".git").exists()
