"""Random edits of a small network, each followed by a build, and whether a clean build gives the same bytes.

``python -m tests.build.sequences FOLDER SEED COUNT`` runs that many sequences and prints what differs.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image

from jisr.build.build import Builder, build
from jisr.build.dev_server.build_process import build_in_memory
from jisr.build.options import Options
from jisr.core.translation.blocks import format_pin, version_blocks

ROOT = Path(__file__).resolve().parents[2]
DAYS = (1_770_000_000, 1_780_000_000, 1_790_000_000, 1_800_000_000)
EDITS_A_SEQUENCE = 4
WORDS = {
    "ar": ("الماء", "حقّ", "للجميع", "نهر", "مدينة", "بيان"),
    "ckb": ("ئاو", "ماف", "هەموو", "ڕووبار", "شار"),
    "fr": ("eau", "droit", "fleuve", "ville"),
}
SETTINGS = """import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
LANGUAGES = ("ar", "ckb", "fr")
NETWORK_NAMES = {{"ar": "شبكة", "ckb": "تۆڕ", "fr": "Réseau"}}
NETWORK_PURPOSES = NETWORK_NOTES = NETWORK_NAMES
THEME = "theme"
TRANSLATIONS = "translations"
PAGE_SIZE = 2
FEED_ENTRIES = 2
PROCESSES = {processes}
"""


@dataclass(slots=True)
class Network:
    """A network in a folder, and what decides about its next edit."""

    folder: Path
    chance: random.Random
    clock: int = DAYS[1]
    builder: Builder | None = None  # of a preview, which keeps the site in memory; a new one where code or settings change
    number: int = 0
    done: list[str] = field(default_factory=list)

    @property
    def content(self) -> Path:
        """The folder of its texts."""
        return self.folder / "content"

    def fresh(self) -> int:
        """Return a number that no other edit has."""
        self.number += 1
        return self.number

    def versions(self, kind: str = "*") -> list[Path]:
        """Return the files of its texts, in an order that no machine decides about."""
        return sorted(self.content.glob(f"{kind}/**/index.*.md"))

    def any(self, kind: str = "*") -> Path | None:
        """Return one of the files of its texts."""
        found = self.versions(kind)
        return self.chance.choice(found) if found else None

    def sentence(self, tag: str) -> str:
        """Return a sentence that was not there before."""
        words = [self.chance.choice(WORDS[tag]) for _ in range(4)]
        return f"{' '.join(words)} {self.fresh()}."


def tag_of(file: Path) -> str:
    """Return the language of a text's file."""
    return file.name.split(".")[1]


def write(file: Path, front: str, body: str) -> None:
    """Write a text."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{front}\n---\n\n{body}\n", "utf-8")


def lay_out(folder: Path, processes: int) -> None:
    """Make the network: texts of every kind, in one to three languages."""
    folder.mkdir(parents=True)
    (folder / "network.py").write_text(SETTINGS.format(root=str(ROOT), processes=processes), "utf-8")
    shutil.copytree(ROOT / "themes" / "jisr", folder / "theme", ignore=shutil.ignore_patterns("examples"))
    shutil.copytree(ROOT / "translations", folder / "translations")
    content = folder / "content"
    for name in ("water", "rivers"):
        write(content / f"topics/{name}/index.ar.md", f"title: {name}", "موضوع.")
        write(content / f"members/{name}-club/index.ckb.md", f"title: Yaney {name}", "یانە.")
        write(content / f"posts/{name}-club/first/index.ckb.md", "title: یەکەم\ndate: 2026-03-01\ntopics: [water]", "دەق.")
    resolutions = "1. لا سدود.\n2. بيانات للجميع."
    blocks = version_blocks("الماء حقّ", "", resolutions)
    write(
        content / "statements/2026-water/index.ar.md",
        "title: الماء حقّ\ndate: 2026-02-01\ntopics: [water]",
        "1. لا سدود.\n2. بيانات للجميع.",
    )
    front = f"title: ئاو مافە\ntranslation: {{of: ar, pin: {format_pin(blocks)!r}}}"
    write(content / "statements/2026-water/index.ckb.md", front, "1. بەنداو نا.\n2. زانیاری بۆ هەموو.")
    write(
        content / "news/2026-dam/index.fr.md", "title: Un barrage\ndate: 2026-04-01", "[L’eau](../../statements/2026-water/#r1)"
    )
    write(content / "news/2026-later/index.ar.md", "title: غداً\ndate: 2026-10-01", "غداً.")
    event = (
        "title: مؤتمر\ndate: 2026-01-05\nevent: {start: 2026-07-01, place: {city: بغداد}, registration: {closes: 2026-06-20}}"
    )
    write(content / "conferences/2026-meeting/index.ar.md", event, "مؤتمر.")
    write(content / "pages/about/index.fr.md", "title: À propos\nmenu: 1", "Nous.")


def body(network: Network) -> str:
    """Words are added to a text."""
    file = network.any()
    if file is not None:
        file.write_text(file.read_text("utf-8") + f"\n{network.sentence(tag_of(file))}\n", "utf-8")
    return f"body {file}"


def words(network: Network) -> str:
    """A word of a body is another one, in a file of the same size."""
    file = network.any()
    if file is not None:
        front, mark, rest = file.read_text("utf-8").rpartition("---\n")
        file.write_text(front + mark + rest[::-1].replace(".", "!", 1)[::-1], "utf-8")
    return f"words {file}"


def field_of(name: str, values: Callable[[Network], str], kind: str = "*") -> Callable[[Network], str]:
    """Return the edit of a field: its line gets another value, or is added."""

    def edit(network: Network) -> str:
        file = network.any(kind)
        if file is not None:
            text, line = file.read_text("utf-8"), f"{name}: {values(network)}"
            known = re.search(rf"^{name}: .*$", text, re.MULTILINE)
            text = text.replace(known[0], line, 1) if known else text.replace("---\n", f"---\n{line}\n", 1)
            file.write_text(text, "utf-8")
        return f"{name} {file}"

    return edit


def renamed(network: Network) -> str:
    """A folder gets another id, and links to it follow."""
    file = network.any("news") or network.any("statements")
    if file is not None:
        name = f"2026-renamed-{network.fresh()}"
        for other in network.versions():
            text = other.read_text("utf-8")
            if f"/{file.parent.name}/" in text:
                other.write_text(text.replace(f"/{file.parent.name}/", f"/{name}/"), "utf-8")
        file.parent.rename(file.parent.with_name(name))
    return f"renamed {file}"


def language(network: Network) -> str:
    """A translation is added, or taken away."""
    file = network.any("statements") or network.any("news")
    if file is None:
        return "language of nothing"
    others = sorted(set(WORDS) - {tag_of(one) for one in file.parent.glob("index.*.md")})
    if "translation:" in file.read_text("utf-8"):
        file.unlink()
    elif others:
        tag = network.chance.choice(others)
        title = network.sentence(tag)
        write(
            file.with_name(f"index.{tag}.md"), f'title: "{title}"\ntranslation: {{of: {tag_of(file)}}}', network.sentence(tag)
        )
    return f"language {file}"


def deleted(network: Network) -> str:
    """A text is taken away, whatever links it."""
    file = network.any("news") or network.any("posts")
    if file is not None:
        shutil.rmtree(file.parent)
    return f"deleted {file}"


def original_deleted(network: Network) -> str:
    """An original is taken away; what was made from it says nothing of that any more."""
    file = network.any("statements")
    if file is not None and "translation:" not in file.read_text("utf-8"):
        for other in file.parent.glob("index.*.md"):
            other.write_text(re.sub(r"translation: .*", "date: 2026-02-02", other.read_text("utf-8")), "utf-8")
        if len(list(file.parent.glob("index.*.md"))) > 1:
            file.unlink()
    return f"original deleted {file}"


def added(network: Network) -> str:
    """A text is added that links another, with a file beside it."""
    file, target = network.content / f"news/2026-new-{network.fresh()}/index.ar.md", network.any("statements")
    link = f"[بيان](../../statements/{target.parent.name}/)" if target else "خبر"
    write(
        file,
        f'title: "{network.sentence("ar")}"\ndate: 2026-05-0{network.chance.randrange(1, 9)}\ntopics: [rivers]',
        f"{link} [ملف](a.pdf)",
    )
    (file.parent / "a.pdf").write_bytes(b"%PDF")
    return f"added {file}"


def member_removed(network: Network) -> str:
    """A member leaves, with all posts."""
    shutil.rmtree(network.content / "members/rivers-club", ignore_errors=True)
    shutil.rmtree(network.content / "posts/rivers-club", ignore_errors=True)
    return "member removed"


def template(network: Network) -> str:
    """The footer of every page says something else."""
    file = network.folder / "theme/templates/components/footer.html"
    file.write_text(file.read_text("utf-8") + f"{{# #}}<!-- {network.fresh()} -->", "utf-8")
    return "template"


def catalogue(network: Network) -> str:
    """A word of the interface is another one."""
    network.builder = None
    file = network.folder / "translations/fr/LC_MESSAGES/messages.po"
    file.write_text(re.sub(r'msgstr "Accueil\d*"', f'msgstr "Accueil{network.fresh()}"', file.read_text("utf-8")), "utf-8")
    return "catalogue"


def resolution(network: Network) -> str:
    """A resolution says something else, or one is added to the list."""
    file = network.any("statements")
    if file is not None:
        text, new = file.read_text("utf-8"), network.sentence(tag_of(file))
        added = text.count("\n1. ") + text.count("\n2. ") > 1 and network.chance.random() < 0.5
        file.write_text(f"{text.rstrip()}\n3. {new}\n" if added else re.sub(r"\n1\. .*", f"\n1. {new}", text), "utf-8")
    return f"resolution {file}"


def post(network: Network) -> str:
    """A member writes a post."""
    number = network.fresh()
    file = network.content / f"posts/water-club/post-{number}/index.ckb.md"
    write(file, f"title: نووسراو {number}\ndate: 2026-06-0{number % 9 + 1}\ntopics: [water]", network.sentence("ckb"))
    return f"post {file}"


def picture(network: Network) -> str:
    """A text gets a cover, or its picture is another one."""
    file = network.any("news")
    if file is not None:
        side, shade = network.chance.randrange(1, 200), network.fresh() % 256
        Image.new("L", (side, side), shade).save(file.parent / "cover.png")
        text = file.read_text("utf-8")
        if "cover:" not in text and "translation:" not in text:
            file.write_text(text.replace("---\n", '---\ncover: {file: cover.png, alt: "نهر"}\n', 1), "utf-8")
    return f"picture {file}"


def alias(network: Network) -> str:
    """A text gets an old address."""
    return field_of("aliases", lambda network: f"[/old/{network.fresh()}.html]", "news")(network)


def rare_template(network: Network) -> str:
    """A template that few pages show says something else."""
    file = (
        network.folder
        / "theme/templates"
        / network.chance.choice(["timeline.html", "components/event_facts.html", "home.html"])
    )
    if file.is_file():
        file.write_text(
            file.read_text("utf-8").replace("{% block main %}", f"{{% block main %}}<!-- {network.fresh()} -->"), "utf-8"
        )
    return f"template {file.name}"


def stylesheet(network: Network) -> str:
    """A colour is another one."""
    file = network.folder / "theme/static/css/index.css"
    file.write_text(file.read_text("utf-8") + f"\n.x{network.fresh()} {{ color: red; }}\n", "utf-8")
    return "stylesheet"


def entity(network: Network) -> str:
    """An organisation comes, or has another name; a statement may be signed by it."""
    number = network.fresh()
    write(network.content / "organisations/river-union/index.ar.md", f"title: اتحاد {number}", "اتحاد.")
    return field_of("signatories", lambda network: f'["اتحاد {number}"]', "statements")(network)


def promise(network: Network) -> str:
    """A resolution is followed up, or a later text says that it is kept."""
    if network.chance.random() < 0.5:
        return field_of("promises", lambda network: "[{resolution: 1, due: 2026-07-01}]", "statements")(network)
    return field_of("answers", lambda network: "[{resolution: 2026-water#r1, kept: true}]", "news")(network)


def interrupted(network: Network) -> str:
    """A build ends in the middle of the renames that bring the output up to date."""
    body(network)
    rename, left = os.replace, [network.chance.randrange(1, 12)]

    def replace(source: Any, target: Any) -> None:
        left[0] -= "output" in str(target)
        if left[0] < 0:
            raise KeyboardInterrupt
        rename(source, target)

    with mock.patch("os.replace", replace), contextlib.suppress(KeyboardInterrupt):
        built(network, "output")
    return "interrupted"


def setting(network: Network) -> str:
    """A setting says something else."""
    network.builder = None
    file = network.folder / "network.py"
    file.write_text(file.read_text("utf-8") + f"POSTS_ON_HOME = {network.chance.randrange(3)}\n", "utf-8")
    return "setting"


def touched(network: Network) -> str:
    """A file gets another time, and the same bytes."""
    file = network.any()
    if file is not None:
        os.utime(file, (1_000_000_000 + network.fresh(), 1_000_000_000))
    return f"touched {file}"


def clock(network: Network) -> str:
    """The clock goes on, or back."""
    network.clock = network.chance.choice(DAYS)
    return f"clock {network.clock}"


def spoiled(network: Network) -> str:
    """Somebody changes a page in the output, or takes it away."""
    pages = sorted(network.folder.glob("output/**/*.html"))
    if pages:
        page = network.chance.choice(pages)
        page.unlink()
        if network.chance.random() < 0.5:
            page.write_text("spoiled", "utf-8")
    return "spoiled"


EDITS: tuple[Callable[[Network], str], ...] = (
    *(body,) * 4,
    *(words,) * 3,
    field_of("title", lambda network: f'"عنوان {network.fresh()}"'),
    field_of("summary", lambda network: f'"{network.sentence("ar")}"', "news"),
    field_of("date", lambda network: f"2026-0{network.chance.randrange(1, 9)}-11", "news"),
    field_of("modified", lambda network: f"2026-0{network.chance.randrange(6, 9)}-12", "statements"),
    field_of("status", lambda network: network.chance.choice(["draft", "published", "hidden"]), "news"),
    field_of("title", lambda network: f'"موضوع {network.fresh()}"', "topics"),
    renamed,
    language,
    language,
    deleted,
    original_deleted,
    added,
    member_removed,
    field_of("topics", lambda network: f"[{network.chance.choice(['water', 'rivers'])}]", "news"),
    resolution,
    resolution,
    post,
    picture,
    alias,
    entity,
    promise,
    rare_template,
    stylesheet,
    interrupted,
    template,
    catalogue,
    setting,
    touched,
    clock,
    spoiled,
)


def built(network: Network, output: str) -> tuple[int, str]:
    """Build as a command does; give the exit code and what was said."""
    said = io.StringIO()
    os.environ["SOURCE_DATE_EPOCH"] = str(network.clock)
    with contextlib.chdir(network.folder), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = build(Options(settings="network.py", content="content", output=output))
    return code, said.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def clean(network: Network) -> tuple[int, str]:
    """Build without anything that is known of an earlier build."""
    aside = network.folder / ".aside"
    shutil.rmtree(network.folder / "clean", ignore_errors=True)
    (network.folder / ".cache").rename(aside)
    try:
        return built(network, "clean")
    finally:
        shutil.rmtree(network.folder / ".cache", ignore_errors=True)
        aside.rename(network.folder / ".cache")


def differences(network: Network) -> list[str]:
    """Return the files in which the output of a build differs from that of a clean one; of a failed build none is asked."""
    code, said = built(network, "output")
    wanted, told = clean(network)
    if (code, sorted(said.splitlines()[:-1])) != (wanted, sorted(told.splitlines()[:-1])) and code + wanted:
        return [f"{code} {said}", f"{wanted} {told}"]
    if code:
        return []
    ours, theirs = files(network.folder / "output"), files(network.folder / "clean")
    kept = files(network.folder / "kept") if built_in_memory(network) == 0 else {}
    return [
        f"{name} {path}"
        for name, found in (("output", ours), ("preview", kept))
        for path in sorted(found.keys() | theirs.keys())
        if found.get(path) != theirs.get(path)
    ]


def built_in_memory(network: Network) -> int:
    """Build as a preview does, with what its process keeps; give the exit code."""
    os.environ["SOURCE_DATE_EPOCH"] = str(network.clock)
    with contextlib.chdir(network.folder), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        if network.builder is None:
            network.builder = Builder(Options(settings="network.py", content="content", output="kept"))
        return build_in_memory(network.builder, ())[0]


def sequence(folder: Path, seed: int) -> str:
    """Run a sequence of edits, with a build after each; give what differs from a clean build at its end, or nothing."""
    network = Network(folder, random.Random(seed))
    lay_out(folder, 1 + seed % 3)
    built(network, "output")
    for number in range(EDITS_A_SEQUENCE):
        network.done.append(network.chance.choice(EDITS)(network))
        if number < EDITS_A_SEQUENCE - 1:
            network.done.append(f"  {built(network, 'output')[1].splitlines()[-1:]}")
    found = differences(network)
    shutil.rmtree(folder)
    return "\n".join([f"seed {seed}:", *network.done, *found]) if found else ""


def main(folder: Path, first: int, count: int) -> int:
    """Run sequences, print what differs, and give how many did."""
    found = [told for seed in range(first, first + count) if (told := sequence(folder / str(seed), seed))]
    print("\n\n".join(found))
    return len(found)


if __name__ == "__main__":
    raise SystemExit(min(1, main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
