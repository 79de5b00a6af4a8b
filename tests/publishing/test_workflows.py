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
    "vendor.gitlab-ci": [".gitlab-ci.yml", ".gitlab/tests.yml"],
    "vendor.woodpecker-ci": [".woodpecker/site.yaml", ".woodpecker/blogs.yaml", ".woodpecker/tests.yaml"],
}
SITE = [".github/workflows/site.yml", ".forgejo/workflows/site.yml", ".gitlab-ci.yml", ".woodpecker/site.yaml"]
TESTS = [".github/workflows/tests.yml", ".forgejo/workflows/tests.yml", ".gitlab/tests.yml", ".woodpecker/tests.yaml"]
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
        if "pull_request" in workflow[True] and "github.event_name != 'pull_request' && " not in job.get("if", ""):
            assert "permissions" not in job, name
            assert "secrets." not in yaml.safe_dump(job), name


@pytest.mark.parametrize("file", GITHUB)
def test_actions_are_pinned(file: str) -> None:
    """A third-party action is pinned by its commit, with its version in a comment."""
    used = re.findall(r"uses: (.*)", (ROOT / file).read_text("utf-8"))
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


@pytest.mark.parametrize("file", SITE)
def test_every_host_checks_and_publishes_by_one_command_each(file: str) -> None:
    """A proposal is checked and the main branch published by the commands of a local machine, without any tests."""
    text = (ROOT / file).read_text("utf-8")
    assert ".venv/bin/inv check" in text
    assert ".venv/bin/inv publish" in text
    assert "inv build" not in text
    assert ".ci/run" not in text


@pytest.mark.parametrize("file", TESTS)
def test_every_host_tests_the_program_by_one_command(file: str) -> None:
    """Where the program changed, and nowhere else, all its tests run."""
    text = (ROOT / file).read_text("utf-8")
    assert re.findall(r"(?:run: |- )(bash \.ci/run)$", text, re.MULTILINE) == ["bash .ci/run"]
    assert '"content/**"' in text or '"plugins/**/*"' in text


@pytest.mark.process  # the script of the shell
@pytest.mark.parametrize("event", ["GITHUB_EVENT_NAME=schedule", "CI_PIPELINE_SOURCE=schedule", "CI_PIPELINE_EVENT=cron"])
def test_all_tests_run_once_a_day(event: str) -> None:
    """By the schedule of any host all tests run under coverage, and for a proposal those of the README's command."""
    fragment = re.search(r"^case .*?^esac$", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert fragment
    script = "install_linter() { :; }\n" + fragment[0].replace(".venv/bin/inv", "echo")
    variable, _, daily = event.partition("=")
    for name, expected in ((daily, "coverage\n"), ("pull_request", "")):
        done = subprocess.run(["bash", "-euc", script], env={variable: name}, capture_output=True, text=True, check=True)
        assert done.stdout == expected


@pytest.mark.parametrize("file", SITE)
def test_what_depends_on_the_day_is_published_on_the_day(file: str) -> None:
    """The main branch is published through the day, too: texts have dates, expire, and close registrations."""
    workflow = read(file)
    if "jobs" in workflow:
        assert workflow[True]["schedule"] == [{"cron": "7 3,9,15,21 * * *"}]
        assert workflow["jobs"]["publish"]["if"] == "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"
    elif "pages" in workflow:
        assert workflow["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    else:
        assert [{"event": "cron"} in one["when"] for one in workflow["steps"]] == [False, True]


@pytest.mark.parametrize("file", [one for one in SITE if "woodpecker" not in one])
def test_every_proposal_has_a_preview(file: str) -> None:
    """The previews of a proposal, the whole site and what changed as one page, are files of its run, built without a secret."""
    workflow = read(file)
    job = workflow.get("jobs", workflow)["preview"]
    written = yaml.safe_dump(job)
    assert ".venv/bin/inv preview --since " in written
    assert "preview.html" in written
    assert "pull_request" in written or "merge_request_event" in written
    kept = job.get("artifacts") or next(step["with"] for step in job["steps"] if "upload-artifact" in step.get("uses", ""))
    assert str(kept.get("path") or kept["paths"][0]).rstrip("/") == "preview"
    assert not re.search(r"secrets|TOKEN|JISR_SIGN_KEY", written)


@pytest.mark.parametrize(
    "file", [".github/workflows/blogs.yml", ".forgejo/workflows/blogs.yml", ".gitlab-ci.yml", ".woodpecker/blogs.yaml"]
)
def test_every_host_asks_the_blogs_of_members(file: str) -> None:
    """By the clock the blogs are asked, what came is checked, and nothing of it is published without a merge."""
    lines = next(lines for lines in commands(file).values() if any("inv fetch" in line for line in lines))
    fetched, checked = (next(at for at, line in enumerate(lines) if command in line) for command in ("inv fetch", "inv check"))
    assert fetched < checked
    assert re.search(r"git push|\.ci/blogs keep", "\n".join(lines[checked:]))
    assert not any("inv publish" in line for line in lines)
    workflow = read(file)
    assert "cron" in yaml.safe_dump(workflow.get(True) or workflow.get("when") or {}) or '"schedule"' in str(
        workflow["blogs"]["rules"]
    )


@pytest.mark.process  # git is a program
def test_posts_gather_on_a_branch(tmp_path: Path) -> None:
    """Where a host proposes nothing, new posts gather on a branch with what main brought; once merged it begins anew."""
    host, day = tmp_path / "host.git", iter(range(9))

    def git(*words: str, folder: Path) -> str:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=30, check=True).stdout.strip()

    def run(post: str) -> Path:
        clone, main = tmp_path / f"day{next(day)}", git("rev-parse", "main", folder=host)
        git("clone", "-q", str(host), str(clone), folder=tmp_path)
        for step in ("begin", "keep"):
            if step == "keep" and post:
                (clone / "content" / post).write_text(post, "utf-8")
            subprocess.run(["bash", ".ci/blogs", step, str(host), main], cwd=clone, capture_output=True, timeout=30, check=True)
        return clone

    work = tmp_path / "work"
    git("init", "-q", "--bare", "-b", "main", str(host), folder=tmp_path)
    git("clone", "-q", str(host), str(work), folder=tmp_path)
    (work / "content").mkdir()
    (work / ".ci").mkdir()
    for name in ("blogs", "go-on"):
        (work / ".ci" / name).write_bytes((ROOT / ".ci" / name).read_bytes())
    for number, text in enumerate(("first", "second")):
        (work / "content" / text).write_text(text, "utf-8")
        git("add", "-A", folder=work)
        git("commit", "-q", "-m", text, folder=work)
        git("push", "-q", "origin", "HEAD:main", folder=work)
        run(f"post{number}")
    assert git("ls-tree", "--name-only", "blogs:content", folder=host).split() == ["first", "post0", "post1", "second"]
    git("update-ref", "refs/heads/main", "blogs", folder=host)
    git("branch", "-q", "-D", "blogs", folder=host)
    run("")
    assert git("branch", "--list", "blogs", folder=host) == ""


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


HASHED = re.compile(r"^([\w.-]+)(?:\[\w+\])?==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)
INSTALLS = [
    "python3 -m venv .venv",
    ".venv/bin/pip install --require-hashes -r .ci/build-tools.txt -q",
    ".venv/bin/pip install --require-hashes -r requirements-ci.txt --no-build-isolation -q",
    ".venv/bin/pip install --no-deps --no-build-isolation -e . -q",
]
FILES = [*GITHUB, *FORGEJO, ".gitlab-ci.yml", *SCHEMAS["vendor.woodpecker-ci"]]


def commands(file: str) -> dict[str, list[str]]:
    """Return the commands of each job of a workflow, without those that take the commit."""
    workflow = read(file)
    if "jobs" in workflow:
        steps = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in workflow["jobs"].items()}
        return {name: [one for one in lines if not one.startswith("git init ")] for name, lines in steps.items()}
    if "steps" in workflow:
        return {step["name"]: step["commands"] for step in workflow["steps"]}
    first = workflow["default"]["before_script"]
    return {name: [*first, *job["script"]] for name, job in workflow.items() if isinstance(job, dict) and "script" in job}


def versions(text: str) -> dict[str, str]:
    """Return the version of each package of a list, by its name as registries compare names."""
    found = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([^\s\\]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


@pytest.mark.parametrize("file", FILES)
def test_a_job_begins_with_a_look_for_hidden_code(file: str) -> None:
    """The first command of each job refuses tracked byte code, and Python reads none of the checkout in any of them."""
    jobs = commands(file)
    assert jobs
    assert {lines[0] for lines in jobs.values()} == {"bash .ci/byte-code"}
    workflow = read(file)
    told = [one.get("environment", {}) for one in workflow["steps"]] if "steps" in workflow else []
    for variables in told or [workflow.get("env") or workflow.get("variables")]:
        assert Path(variables["PYTHONPYCACHEPREFIX"]).is_absolute()


def kept_folders(value: object) -> list[str]:
    """Return the folders that a workflow keeps from one run to the next."""
    if isinstance(value, list):
        return [folder for one in value for folder in kept_folders(one)]
    if not isinstance(value, dict):
        return []
    found = [folder for one in value.values() for folder in kept_folders(one)]
    if str(value.get("uses", "")).partition("@")[0].endswith("/cache"):
        found += value["with"]["path"].split()
    return found + [folder for folder in value.get("cache", {}).get("paths", ()) if isinstance(value.get("cache"), dict)]


@pytest.mark.parametrize("file", FILES)
def test_no_job_takes_what_another_built(file: str) -> None:
    """Jobs keep drawings and answers of blogs, each looked at before it is believed: never texts, pages or programs."""
    text = (ROOT / file).read_text("utf-8")
    found = kept_folders(read(file))
    assert set(found) <= {".cache/cards", ".cache/pictures", ".cache/fetch"}
    assert text.count(".cache/") == len(found)
    assert not re.search(r"^\s*-? *cache: *(true|pip)|actions/cache/(restore|save)|plugin-cache|volumes:", text, re.MULTILINE)


def test_the_test_run_begins_so_too() -> None:
    """What tests looks for hidden code before any Python runs."""
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if "bash .ci/byte-code" in line)
    assert first < min(number for number, line in enumerate(lines) if re.search(r"\bpython3? -|\.venv/", line))


@pytest.mark.parametrize("file", FILES)
def test_jobs_install_by_hash(file: str) -> None:
    """A job installs by one command or by that of the tests: build tools and all packages by hash, then the checkout alone."""
    for lines in commands(file).values():
        assert len({"bash .ci/install", "bash .ci/run"}.intersection(lines)) == 1
        assert not [line for line in lines if re.search(r"\b(apt-get|npm|npx|pip|pipx|uv|curl|wget)\b", line)]
    installed = (ROOT / ".ci/install").read_text("utf-8").splitlines()
    assert [line for line in installed if ".venv" in line and not line.startswith("#")] == INSTALLS


@pytest.mark.parametrize("file", [*FORGEJO, ".gitlab-ci.yml", *SCHEMAS["vendor.woodpecker-ci"]])
def test_images_are_pinned(file: str) -> None:
    """A container image is pinned by its digest, with its version before it; an action of Forgejo by its commit."""
    text = (ROOT / file).read_text("utf-8")
    images = re.findall(r"^ *image: (.*)$", text, re.MULTILINE)
    assert images
    assert [one for one in images if not re.fullmatch(r"[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}", one)] == []
    assert [one for one in re.findall(r"uses: (.*)", text) if not re.search(r"@[0-9a-f]{40} # v\d", one)] == []


def test_what_ci_installs_is_what_was_tested() -> None:
    """The list with hashes has each version of constraints.txt and no other, each with its hashes, and names no host."""
    text, tools = ((ROOT / name).read_text("utf-8") for name in ("requirements-ci.txt", ".ci/build-tools.txt"))
    constraints = (ROOT / "constraints.txt").read_text("utf-8")
    assert versions(text) == versions(constraints)
    assert len(versions(constraints)) > 90
    assert "--hash" not in constraints  # pip refuses an editable checkout where a constraint has one
    for locked in (text, tools):
        assert HASHED.sub("", locked).split("\n", 1)[1].strip() == ""
        assert "://" not in locked
    assert list(versions(tools)) == ["setuptools"]
    assert tools.split("\n", 1)[1] in text


def test_a_change_of_what_runs_has_an_owner() -> None:
    """Each path that CODEOWNERS names is there, each line has an owner, and those of code are not the editors."""
    lines = [line.split() for line in (ROOT / "CODEOWNERS").read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert lines[0] == ["*", "@maintainers"]
    owners = {path: names for path, *names in lines}
    assert all(names and all(name.startswith("@") for name in names) for names in owners.values())
    kept = {"/published.txt", "/content/redirects.yaml"}  # written by tools, once there is something to keep
    assert [path for path in owners if path not in ("*", *kept) and not (ROOT / path.strip("/")).exists()] == []
    assert [path for path, names in owners.items() if "@editors" in names] == ["/content/", "/published.txt"]
