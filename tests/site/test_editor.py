"""An editor works at ``/admin/`` in a browser, and what comes out are files that the check accepts.

The editor keeps the repository in the browser's own files here (https://fs.spec.whatwg.org/), from which it is read.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from jisr.core.schema.kinds import DEFAULT_KINDS
from pelicanconf import KINDS, LANGUAGES
from tests import running
from tests.conftest import ROOT, lacking
from tests.site.pages import Site
from tests.site.visits import GuardedVisit
from tests.waiting import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

CONTENT = ROOT / "content"
ROME = "statements/2009-rome-conference"
ERBIL = "conferences/2011-third-conference-erbil"
LIST = "\n".join(f"{number}. خاڵی {number}." for number in range(1, 7))
SORANI = f"کۆنفرانسەکە لە شاری ڤێلێتری بەسترا.\n\n## ئەنجامەکان\n\n{LIST}\n\n## کارەکان\n\n{LIST}"
NEEDED = ("statements", "conferences", "news", "topics", "workgroups", "members")  # the folders that tests open
FOLDER = "navigator.storage.getDirectory().then((root) => root.getDirectoryHandle('sveltia-cms-test', {create: true}))"
PUT = f"""async (files) => {{
  const root = await {FOLDER};
  for (const [path, text] of Object.entries(files)) {{
    const names = path.split("/"), name = names.pop();
    let folder = root;
    for (const one of names) folder = await folder.getDirectoryHandle(one, {{create: true}});
    const file = await (await folder.getFileHandle(name, {{create: true}})).createWritable();
    await file.write(text);
    await file.close();
  }}
}}"""
TAKE = f"""async () => {{
  const found = {{}};
  const walk = async (folder, path) => {{
    for await (const [name, one] of folder.entries()) {{
      if (one.kind === "directory") await walk(one, `${{path}}${{name}}/`);
      else found[path + name] = name.endsWith(".md") ? await (await one.getFile()).text() : "";
    }}
  }};
  await walk(await {FOLDER}, "");
  return found;
}}"""
UNCHANGED = """async ([files, told]) => {
  const { Format } = await import(new URL("../program/format.js", location.href));
  const format = new Format({ ...told, days: new Set(told.days) });
  return Object.entries(files).map(([path, text]) => [path, format.write({ ...format.read(text.trim()), _tag: "x" })]);
}"""

PINNED = """async ([head, pinned, told]) => {
  const { Format } = await import(new URL("../program/format.js", location.href));
  const format = new Format({ ...told, days: new Set(), flags: new Set(["pinned"]) });
  return format.write({ ...format.read(`---\\n${head}---\\n`), pinned, _tag: "x" });
}"""
KEPT = """async () => {
  const known = await indexedDB.databases();
  if (!known.some((one) => one.name === "jisr-editor")) return 0;
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const drafts = await asked(indexedDB.open("jisr-editor"));
  const count = await asked(drafts.transaction("draft-backups").objectStore("draft-backups").count());
  drafts.close();
  return count;
}"""


class Admin(GuardedVisit):
    """A tab at the web editor."""

    def enter(self, tag: str, address: str = "") -> Tab:
        """Choose a language at ``/admin/``, sign in, and open a page of the editor."""
        self.tab.goto(f"{self.site.address}/admin/")
        self.tab.evaluate(PUT, {path: text for path, text in texts().items() if path.split("/")[1] in NEEDED})
        self.tab.click(f"a[hreflang={tag}]")
        self.tab.get_by_role("button").first.click()
        self.tab.get_by_role("searchbox").wait_for()
        if address:
            self.tab.goto(f"{self.site.address}/admin/{tag}/#/{address}")
        return self.tab

    @property
    def changed(self) -> dict[str, str]:
        """The files that the editor wrote: those that are not as they were put there."""
        files: dict[str, str] = self.tab.evaluate(TAKE)
        return {path: text for path, text in files.items() if text != texts().get(path)}

    def saved(self) -> dict[str, str]:
        """Save, and give the files that were written."""
        self.tab.get_by_role("button", name=re.compile("^(حفظ|Save|Enregistrer|پاشەکەوت)$")).click()
        self.tab.get_by_role("searchbox").wait_for()
        return self.changed


def texts() -> dict[str, str]:
    """Return the texts of the sample site by their paths in the repository, but for the claim of a translation written here."""
    found = [file for file in sorted(CONTENT.rglob("index.*.md")) if file != CONTENT / ROME / "index.ckb.md"]
    return {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in found}


def told_of(site: Site, tag: str) -> dict[str, Any]:
    """Return what the editor is told for those who work in a language."""
    told: dict[str, Any] = json.loads((site.folder / "admin" / tag / "config.json").read_text("utf-8"))
    return told


def field(tab: Tab, path: str, pane: int = 0) -> Any:
    """Return the part of a form where a field stands, in the first or second pane."""
    return tab.locator(f'section[data-key-path="{path}"]').nth(pane)


def check(written: dict[str, str], folder: Path, photo: Path | None = None) -> str:
    """Put files into a copy of the sample site, and give what the check says of it; a picture is this one."""
    content = folder / "content"
    shutil.copytree(CONTENT, content)
    for path, text in written.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if photo is None or file.suffix == ".md" else photo.read_bytes())
    return running.engine("check", "--content", str(content), folder=ROOT, environment=running.clean_environment()).stderr


@pytest.fixture
def admin(browser: Browser, site: Site) -> Iterator[Admin]:
    """Return a tab at the web editor, in a browser that speaks Arabic."""
    if not (site.folder / "admin" / "program" / "editor.js").is_file():
        lacking("The web editor (inv editor)")
    # A tall screen: a part of a form is there once it can be seen.
    context = browser.new_context(locale="ar", timezone_id="Asia/Baghdad", viewport={"width": 1280, "height": 4000})
    context.set_default_timeout(15_000)
    yield Admin(context.new_page(), site)
    context.close()


def test_an_editor_translates_a_text_into_sorani(admin: Admin, tmp_path: Path) -> None:
    """A text is opened in Arabic, Sorani written beside it and saved: one file, as a person would write it, and it is right."""
    tab = admin.enter("ar", f"collections/{ROME.replace('/', '/entries/')}/index")
    tab.get_by_role("combobox", name="تغيير اللغة").nth(1).click()
    tab.get_by_role("option", name="السورانية").click()
    tab.get_by_role("button", name=re.compile("^تفعيل")).click()
    field(tab, "title", 1).locator("input").fill("کۆنفرانسی ڕۆما: ڕاپۆرتی کۆتایی")
    area = field(tab, "body", 1).locator("textarea")
    area.fill(SORANI)
    assert area.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    assert [pane.get_attribute("data-locale") for pane in tab.locator("[data-locale]").all()] == ["ar", "ckb"]
    written = admin.saved()

    head = '---\ntitle: "کۆنفرانسی ڕۆما: ڕاپۆرتی کۆتایی"\ntranslation:\n  of: en\n---\n\n'
    assert written == {f"content/{ROME}/index.ckb.md": f"{head}{SORANI}\n"}
    (said,) = check(written, tmp_path).splitlines()  # it says less than its original does
    assert "warning[unfinished]" in said
    # The program names a host for its letters besides its own files: the policy keeps it from asking.
    assert [fault for fault in admin.faults if "Loading the font" not in fault] == []


@pytest.mark.thorough  # long in a browser
def test_what_nobody_changed_stays_as_it_was_typed(admin: Admin) -> None:
    """Each text of the sample, read into the forms and written again, is the same to the byte."""
    tab = admin.enter("ar")
    told = told_of(admin.site, "ar")
    days = [f"{one['name']}" for one in told["config"]["collections"][0]["fields"] if one.get("widget") == "datetime"]
    written = dict(tab.evaluate(UNCHANGED, [texts(), {**told, "days": days}]))

    assert len(written) > 100
    assert [path for path, text in texts().items() if written[path].rstrip("\n") != text.rstrip("\n")] == []


@pytest.mark.thorough  # long in a browser
def test_a_change_changes_its_own_lines(admin: Admin) -> None:
    """A new title takes the place of the old one; comments, order, pins and every other line of the front matter stay."""
    path = f"content/{ROME}/index.ar.md"
    tab = admin.enter("ar", f"collections/{ROME.replace('/', '/entries/')}/index")
    field(tab, "title").locator("input").fill("تقرير روما")
    written = admin.saved()

    assert written == {path: texts()[path].replace('title: "مؤتمر روما: التقرير الختامي"', "title: تقرير روما")}


@pytest.mark.parametrize(
    ("head", "pinned", "line"),
    [
        ("", True, "pinned: true\n"),
        *(
            pytest.param(*one, marks=pytest.mark.thorough)
            for one in (("", False, ""), ("pinned: true\n", False, ""), ("pinned: True\n", True, "pinned: True\n"))
        ),
    ],
)
def test_a_text_is_pinned_by_a_switch(admin: Admin, head: str, pinned: bool, line: str) -> None:
    """A field that is false where a file is silent is written where it is switched on, and taken out where it is off."""
    told = told_of(admin.site, "ar")
    written = admin.enter("ar").evaluate(PINNED, [f"title: x\n{head}", pinned, told])
    assert written == f"---\ntitle: x\n{line}---\n"


@pytest.mark.thorough  # long in a browser
def test_a_text_that_lacks_the_language_of_the_editor_is_translated(admin: Admin) -> None:
    """Whoever works in Arabic can begin a Sorani version of a text in English and French, and nothing inherited is stated."""
    tab = admin.enter("ar", f"collections/{ERBIL.replace('/', '/entries/')}/index")
    tab.get_by_role("combobox", name="تغيير اللغة").nth(1).click()
    tab.get_by_role("option", name="السورانية").click()
    tab.get_by_role("button", name=re.compile("^تفعيل.*السورانية")).click()
    field(tab, "title").locator("input").fill("کۆنفرانسی سێیەم")

    assert admin.saved() == {f"content/{ERBIL}/index.ckb.md": "---\ntitle: کۆنفرانسی سێیەم\ntranslation:\n  of: en\n---\n"}


@pytest.mark.thorough  # long
def test_a_new_text_is_begun_in_the_language_of_the_editor(admin: Admin, tmp_path: Path) -> None:
    """Who works in Sorani begins a text in Sorani, under an address of their choice, with a picture beside it."""
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (40, 30)).save(photo)
    tab = admin.enter("ckb", "collections/news/new")
    assert tab.locator("[data-locale]").first.get_attribute("data-locale") == "ckb"
    assert tab.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ckb", "rtl"]
    tab.locator("input[dir=auto][aria-required=true]").fill("2026-ava")
    field(tab, "title").locator("input").fill("ئاو")
    field(tab, "date").locator("input").fill("2026-11-20")
    field(tab, "body").locator("textarea").fill("ئاو مافە.")
    field(tab, "cover").get_by_role("checkbox").click()
    field(tab, "cover.file").locator("input[type=file]").first.set_input_files(photo)
    field(tab, "cover.alt").locator("input").fill("ڕووبارێک")
    written = admin.saved()

    front = "title: ئاو\ndate: 2026-11-20\ncover:\n  file: photo.jpg\n  alt: ڕووبارێک"
    text = f"---\n{front}\n---\n\nئاو مافە.\n"
    assert written == {"content/news/2026-ava/index.ckb.md": text, "content/news/2026-ava/photo.jpg": ""}
    assert check(written, tmp_path, photo) == ""


def told(tab: Tab) -> list[str]:
    """Return the paths of the fields with an error, in their order."""
    fields = tab.locator("section[data-key-path]:has([role=alert])").all()
    return [str(one.get_attribute("data-key-path")) for one in fields]


def test_a_form_asks_for_what_an_original_needs(admin: Admin) -> None:
    """An original is not saved without its day and the words of its picture; a translation, which inherits them, is."""
    tab = admin.enter("ar", "collections/news/new")
    slug = tab.locator("input[dir=auto][aria-required=true]")
    slug.fill("Bad Slug")
    field(tab, "title").locator("input").fill("هواء")
    field(tab, "cover").get_by_role("checkbox").click()
    tab.get_by_role("button", name="حفظ", exact=True).click()
    field(tab, "date").get_by_role("alert").wait_for()
    assert {"date", "cover.file", "cover.alt"} <= set(told(tab))

    error = tab.get_by_text("رموز خاصة")
    error.wait_for()
    slug.fill("2026-hawa")
    error.wait_for(state="detached")

    tab.goto(f"{admin.site.address}/admin/ar/#/collections/{ROME.replace('/', '/entries/')}/index")
    tab.get_by_role("button", name=re.compile("استعادة|تجاهل")).or_(field(tab, "date")).first.wait_for()
    wait_for(lambda: field(tab, "date").locator(".required").count() == 0)  # the form before is there for a moment
    assert field(tab, "title").locator(".required").count() == 1


@pytest.mark.thorough
def test_a_small_screen_asks_for_the_address_of_a_new_text(admin: Admin) -> None:
    """On a phone the program keeps the address behind a menu: its sheet is open when a text is begun, and can be typed into."""
    admin.tab.set_viewport_size({"width": 390, "height": 844})
    tab = admin.enter("ar", "collections/news/new")

    tab.locator(".entry-sidebar-sheet input").fill("2026-water")


@pytest.mark.thorough  # long in a browser
def test_what_was_typed_is_offered_again(admin: Admin) -> None:
    """Words that were not saved stay in the browser, and are put back where a page was loaded anew."""
    tab = admin.enter("ar", "collections/news/new")
    field(tab, "title").locator("input").click()  # the program keeps what a person did, and no script
    field(tab, "title").locator("input").fill("هواء")
    field(tab, "body").locator("textarea").fill("كلام لم يُحفظ.")
    wait_for(lambda: bool(tab.evaluate(KEPT)))
    tab.reload()
    tab.get_by_role("button", name="استعادة").click()

    wait_for(lambda: field(tab, "title").locator("input").input_value() == "هواء")
    assert field(tab, "body").locator("textarea").input_value() == "كلام لم يُحفظ."


@pytest.mark.thorough  # long in a browser
def test_languages_have_the_names_that_readers_know(admin: Admin) -> None:
    """The list of languages names Sorani and Kurmanji as the site does, and no language "Kurdish"."""
    tab = admin.enter("ar", "collections/news/new")
    tab.get_by_role("combobox", name="تغيير اللغة").nth(1).click()
    names = {name.split("\n")[1] for name in tab.get_by_role("option").all_inner_texts()}  # an icon stands before

    assert names == {"الإنجليزية", "الكردية (السورانية)", "الكردية (الكرمانجية)", "الفرنسية"}


def test_every_language_has_every_form(admin: Admin) -> None:
    """In each language there is a form for each kind with all its fields; what goes from right to left does so anywhere."""
    for tag in LANGUAGES:
        told = told_of(admin.site, tag)
        collections = {one["name"].partition("-")[0] for one in told["config"]["collections"]}
        assert collections == set(KINDS)
        assert told["config"]["i18n"]["default_locale"] == tag
        for one in told["config"]["collections"]:
            kind = next(kind for kind in DEFAULT_KINDS if kind.name == one["name"].partition("-")[0])
            assert {name for name in (field["name"] for field in one["fields"]) if name[0] != "_"} == {*kind.names, "body"}
            shown = [field for field in one["fields"] if field["widget"] != "hidden"]
            assert all(field.get("hint", "\u2067")[0] == "\u2067" for field in shown) == (tag in ("ar", "ckb"))
            assert all(field["label"] and (field["label"] != field["name"] or tag == "en") for field in shown)
