"""A proposal from a stranger builds to a message or to harmless pages, and reads nothing outside the content folder."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.build.conftest import ROOT, Workplace

pytestmark = pytest.mark.process  # an audit hook that sees all that a build touches cannot be taken away again (PEP 578)

SECRET = "the-secret-of-the-machine"
LARGE = 50_000_000
SPACE = 1_500_000_000  # bytes of memory: whatever grows without end ends here
# What a build opens, lists, starts or asks for, as Python tells its auditors (https://docs.python.org/3/library/audit_events.html).
WATCHED = """
import os, runpy, shutil, sys

noted = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def note(event, arguments):
    if event in ("open", "os.listdir", "os.scandir", "os.symlink", "os.link", "shutil.copyfile"):
        name = arguments[0]
        if isinstance(name, (str, bytes, os.PathLike)):
            os.write(noted, b"file " + os.path.abspath(os.fsencode(name)) + b"\\n")
    elif event.startswith(("subprocess.", "socket.connect", "socket.getaddrinfo", "os.system", "os.exec", "os.posix_spawn")):
        os.write(noted, f"{event} {arguments!r}\\n".encode("utf-8", "replace"))


shutil._use_fd_functions = False  # what is removed is then opened by its whole path
sys.addaudithook(note)
sys.argv[0] = "jisr.cli"
runpy.run_module("jisr.cli", run_name="__main__", alter_sys=True)
"""


def written(place: Workplace, path: str, text: str) -> Path:
    """Write a file of the content folder, or beside it."""
    file = place.folder / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def statement(place: Workplace, name: str, fields: str = "", body: str = "نص.", tag: str = "ar") -> Path:
    """Write a statement."""
    return written(place, f"statements/{name}/index.{tag}.md", f"---\ntitle: بيان\ndate: 2026-01-01\n{fields}---\n\n{body}\n")


def build(place: Workplace) -> tuple[subprocess.CompletedProcess[str], set[str], list[str]]:
    """Build in little memory; give what it says, the files it touched, and whatever else it did."""
    notes = place.folder / "notes"
    notes.unlink(missing_ok=True)
    environment = {name: said for name, said in place.environment().items() if not name.startswith("COVERAGE")}
    kept = place.folder / ".cache"
    kept.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(notes), "build", "--settings", "network.py"],
        cwd=place.folder,
        env=environment | {"TMPDIR": str(kept), "PYTHONDONTWRITEBYTECODE": "1"},  # so that each build touches the same files
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE)),
    )
    lines = notes.read_text("utf-8", "replace").splitlines()
    files = {line.removeprefix("file ") for line in lines if line.startswith("file ")}
    return done, files, [line for line in lines if not line.startswith("file ")]


@pytest.fixture
def usual(workplace: Workplace) -> Iterator[set[str]]:
    """Return what a build touches before a stranger came; a secret lies beside the content folder then."""
    (workplace.folder / "secrets").mkdir()
    (workplace.folder / "secrets" / "key").write_text(SECRET, "utf-8")
    (workplace.folder / "secret.txt").write_text(SECRET, "utf-8")
    done, files, others = build(workplace)
    assert (done.returncode, others) == (0, []), done.stderr
    yield files
    leaks = [file for file in (*workplace.output.rglob("*"), *(workplace.folder / ".cache").rglob("*")) if file.is_file()]
    assert [str(file) for file in leaks if SECRET.encode() in file.read_bytes()] == []
    assert not (workplace.folder / "pwned").exists()


def strange(place: Workplace, usual: set[str], files: set[str]) -> list[str]:
    """Return the unusual files outside the content and what a build writes; parts of our own code are usual."""
    ours = (str(place.folder / "content"), str(place.folder / ".cache"), str(place.output))
    system = (str(ROOT / "plugins"), str(ROOT / "themes"), sys.prefix, sys.base_prefix, "/usr/lib", "/usr/share/zoneinfo")
    found = {file for file in files - usual if not file.startswith((*ours, *system))}
    return sorted(file for file in found if not re.match(rf"{re.escape(str(place.folder))}/\.output\.[^/]+(/|$)", file))


def test_what_could_do_harm_is_told(workplace: Workplace, usual: set[str]) -> None:
    """Scripts, fields and links that escape, links to secrets, a bomb, names with "..": each is told, none is followed."""
    script = (
        '<script>alert(1)</script>\n\n<img src="x" onerror="alert(1)">\n\n[x](javascript:alert(1))\n\n<svg onload="x"></svg>'
    )
    statement(workplace, "script", body=script)
    fields = (
        "cover: {file: ../../../secret.txt, alt: x}\naliases: [/../../x.html]\nattachments: [{file: ../../../secret.txt}]\n"
    )
    ways = "[a](../../../secret.txt) [b](/etc/passwd) [c](file:///etc/x) [d](..%2f..%2f..%2fsecret.txt) ![e](..\\secret.txt)"
    statement(workplace, "escape", fields, ways)
    linked = statement(workplace, "linked", body="[x](photo.jpg)").parent
    (linked / "photo.jpg").symlink_to(workplace.folder / "secret.txt")
    (linked / "index.fr.md").symlink_to(workplace.folder / "secret.txt")
    (linked / "nowhere.jpg").symlink_to(linked / "nothing")
    (linked.parent / "folder").symlink_to(workplace.folder / "secrets")
    (linked.parent.parent / "news").symlink_to(workplace.folder / "secrets")
    os.mkfifo(linked / "pipe.jpg")
    bomb = "".join(f"a{one}: &a{one} [{', '.join([f'*a{one - 1}'] * 9)}]\n" for one in range(1, 10))
    written(workplace, "statements/bomb/index.ar.md", f"---\na0: &a0 [x, x]\n{bomb}title: *a9\n---\n\nx\n")
    written(workplace, "statements/tag/index.ar.md", '---\ntitle: !!python/object/apply:os.system ["touch pwned"]\n---\n\nx\n')
    for name in ("g..", "g\\..\\x", "g%2e%2e"):
        statement(workplace, name)
    written(
        workplace, "members/stranger/index.ar.md", "---\ntitle: x\nfeed: file:///etc/passwd\nsite: javascript:alert(1)\n---\n"
    )

    done, files, others = build(workplace)

    assert (done.returncode, others) == (1, []), done.stderr
    assert "Traceback" not in done.stderr
    assert "error[internal]" not in done.stderr
    assert strange(workplace, usual, files) == []
    found = {tuple(line.split(": ", 2)[:2]) for line in done.stderr.splitlines()}
    told = {(re.sub(r"(:\d+){2}$", "", path).removeprefix("content/"), code) for path, code in found}
    assert {
        ("statements/script/index.ar.md", "error[script]"),
        ("statements/escape/index.ar.md", "error[file]"),
        ("statements/escape/index.ar.md", "error[alias]"),
        ("statements/escape/index.ar.md", "error[link]"),
        ("statements/linked/photo.jpg", "error[symlink]"),
        ("statements/linked/index.fr.md", "error[symlink]"),
        ("statements/linked/nowhere.jpg", "error[symlink]"),
        ("statements/linked/pipe.jpg", "error[file]"),
        ("statements/folder", "error[symlink]"),
        ("news", "error[symlink]"),
        ("statements/bomb/index.ar.md", "error[yaml]"),
        ("statements/tag/index.ar.md", "error[yaml]"),
        ("statements/g..", "error[name]"),
        ("statements/g\\..\\x", "error[name]"),
        ("statements/g%2e%2e", "error[name]"),
        ("members/stranger/index.ar.md", "error[url]"),
    } <= told
    for line in (one for one in done.stderr.splitlines() if "escape/index.ar.md:9:" in one):
        assert "error[link]" in line or "error[file]" in line


def test_what_only_looks_harmful_is_harmless(workplace: Workplace, usual: set[str]) -> None:
    """Templates and includes are shown as they were typed, a hidden folder is no text, 50 MB of a picture are a file."""
    tricks = (
        "{{ page.__class__.__mro__ }} {% include '/etc/passwd' %} {{ cycler.__init__.__globals__.os.popen('touch pwned') }}"
    )
    shown = f'{tricks}\n\n--8<-- "../../../secret.txt"\n\n![x](photo.jpg)\n\n{{!../../../secret.txt!}}\n'
    photo = statement(workplace, "template", f'summary: "{tricks}"\n', shown).parent / "photo.jpg"
    small = (ROOT / "tests/sites/photo.jpg").read_bytes()
    photo.write_bytes(small[:-2] + bytes(LARGE - len(small)) + small[-2:])
    statement(workplace, "..hidden", body="<script>alert(1)</script>")

    done, files, others = build(workplace)

    assert (done.returncode, others) == (0, []), done.stderr
    assert strange(workplace, usual, files) == []
    page = (workplace.output / "ar/statements/template/index.html").read_text("utf-8")
    assert "{{ page.__class__.__mro__ }}" in page
    assert "popen('touch pwned')" in page.replace("’", "'").replace("&#39;", "'")
    assert "<script>alert" not in page
    assert (workplace.output / "statements/template/photo.jpg").stat().st_size == LARGE
    assert not list(workplace.output.rglob("*hidden*"))


def test_the_watch_sees_what_is_read(workplace: Workplace, usual: set[str]) -> None:
    """The two tests above can fail: a build whose settings read a secret, or start a program, is seen."""
    workplace.state("open('secret.txt').close()\nimport os\nos.system('true')")
    _, files, others = build(workplace)
    assert strange(workplace, usual, files) == [str(workplace.folder / "secret.txt")]
    assert others
