"""``inv import``: an old site is read, planned, written and reported, in this order."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

import yaml

from jisr.content.atomic_write import replace_atomically
from jisr.content.read.redirects import REDIRECTS_FILE, read_redirects
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.model.site import Site
from jisr.core.schema.yaml_text import quote_scalar
from jisr.core.urls import paths
from jisr.importing.address_plan import plan_addresses, quote_path
from jisr.importing.import_report import ImportReport, write_report
from jisr.importing.old_site import NOWHERE, Note, OldFile, OldSite, ReadOptions, normal, split_url
from jisr.importing.store.file_record import ImportRecord
from jisr.importing.store.media_library import Fetch, MediaLibrary
from jisr.importing.text_plan import ImportPlan, Taken, make_plan

Reader = Callable[[Path, ReadOptions], OldSite]
FORMS = ("wordpress", "spip", "html", "pelican")
_LEDGER = "published.txt"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the command line says."""

    form: str
    path: str
    media: str = ""
    languages: str = ""
    report: str = ""
    map: str = ""
    dry_run: bool = False
    drafts: bool = False
    fetch: bool = False
    seed_ledger: bool = False


def run_import(context: BuildContext, options: ImportOptions) -> int:
    """Import an old site into the content folder. Returns 0. Raises ProblemsError where it cannot be read."""
    _check_packages()
    from jisr.importing.store.body_writer import BodyContext
    from jisr.importing.store.text_writer import TextWriter

    former = _take_former(context)
    reading = ReadOptions(former.tags, options.drafts, _read_table(options.languages), _read_map(options.map))
    old = _reader_of(options)(Path(options.path), reading)
    record = _open_record(context, options, old)
    taken = replace(former, ids=record.ids)
    plan = make_plan(old, taken)
    plan_addresses(plan, old, taken)
    folder = Path(options.media) if options.media else old.media
    media = MediaLibrary(old, folder, record.write, _fetcher(options, context), record.is_written)
    body_context = BodyContext(plan, media, old.home, old.changes, _doubt_of(old))
    writer = TextWriter(old, plan, body_context, record, taken.kinds, taken.tags)
    record.ids |= {text.group: text.folder for text in plan.texts}
    record.ids |= {f"topic {key}": f"topics/{identity}" for key, (identity, _) in plan.topics.items()}
    record.save()
    writer.write_topics()
    for body in old.bodies():
        writer.write_body(body)
    writer.leave_replies()
    files = _add_file_redirects(old, plan, media)
    _name_clashes(old, plan, record)
    writer.count("files", files)
    writer.count("groups", sum(len(text.versions) > 1 for text in plan.texts))
    writer.count("addresses", sum(map(len, plan.aliases.values())) + len(plan.redirects) + len(plan.same))
    _write_redirects(record, plan)
    record.save()
    if options.seed_ledger and not options.dry_run:
        _seed_ledger(context, plan)
    report = ImportReport(
        options.form, Path(options.path).name, old, plan, record, writer.counts, body_context.changes, options.dry_run
    )
    if options.report:
        write_report(Path(options.report), report.as_json())
    report.print(context.formatter)
    return 0


def _check_packages() -> None:
    missing = [name for name in ("nh3", "lxml") if importlib.util.find_spec(name) is None]
    if missing:
        text = "{names} is not installed here. Install what importing needs: .venv/bin/pip install -e '.[import]'."
        raise ProblemsError(Problem.error(SourceLocation("inv import"), "import", text, names=", ".join(missing)))


def _reader_of(options: ImportOptions) -> Reader:
    """Return the reader of a form. Raises ProblemsError where there is none, or nothing at the path."""
    if options.form not in FORMS:
        text = '"{form}" is no old system that is known here. Name one of: {forms}.'
        raise ProblemsError(
            Problem.error(SourceLocation("inv import"), "import", text, form=options.form, forms=", ".join(FORMS))
        )
    if not Path(options.path).exists():
        text = '"{path}" is not there. Name the file or folder of the old site.'
        raise ProblemsError(Problem.error(SourceLocation(options.path), "import", text, path=options.path))
    modules = {"wordpress": "wordpress_site", "spip": "spip_site", "html": "saved_pages", "pelican": "pelican_blog"}
    module = importlib.import_module(f"jisr.importing.{options.form}.{modules[options.form]}")
    read: Reader = module.read_site
    return read


def _read_file(path: str) -> str:
    """Return the text of a file that the command line names. Raises ProblemsError where it cannot be read."""
    try:
        return Path(path).read_text("utf-8-sig")
    except OSError as error:
        text, reason = '"{path}" cannot be read: {reason}.', parse_reason(error.strerror)
        raise ProblemsError(Problem.error(SourceLocation(path), "import", text, path=path, reason=reason)) from None
    except ValueError:
        raise ProblemsError(
            Problem.error(SourceLocation(path), "encoding", 'The file cannot be read. Save it as "UTF-8".')
        ) from None


def _read_table(path: str) -> dict[str, tuple[str, str]]:
    """Return the table of languages: a line has an id, a language and a group, separated by tabs."""
    table: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(_read_file(path).splitlines() if path else (), 1):
        cells = [one.strip() for one in line.split("\t")]
        if not line.strip() or line.startswith("#") or (number == 1 and not cells[0].isdigit()):
            continue
        if len(cells) < 2:
            text = '"{value}" is no line of the table. Write an id, a language and a group, separated by tabs.'
            raise ProblemsError(Problem.error(SourceLocation(path, number), "import", text, value=line.strip()))
        table[cells[0]] = (cells[1], cells[2] if len(cells) > 2 else "")
    return table


def _read_map(path: str) -> dict[str, str]:
    """Return the map: what the old site calls something, and the kind of text that it becomes."""
    try:
        values = yaml.safe_load(_read_file(path)) if path else {}
    except yaml.YAMLError:
        values = None
    if (not isinstance(values, Mapping) and values is not None) or (values is None and path):
        text = "The map is no list of names and kinds. Write a line for each, as press-releases: statements."
        raise ProblemsError(Problem.error(SourceLocation(path), "import", text))
    return {str(name): str(kind) for name, kind in (values or {}).items()}


def _open_record(context: BuildContext, options: ImportOptions, old: OldSite) -> ImportRecord:
    """Return the record of earlier imports of the same old site: another may have the same numbers."""
    content = Path(context.settings["PATH"]).absolute()
    settings = Path(context.settings["SETTINGS_SHOWN"]).absolute()
    source = old.home.partition("://")[2] if old.home != NOWHERE else str(Path(options.path).absolute())
    name = hashlib.sha256(f"{content}\0{options.form}\0{source}".encode()).hexdigest()[:16]
    record = ImportRecord(content, settings.parent / ".cache" / "import" / f"{name}.json", options.dry_run)
    record.load()
    return record


def _take_former(context: BuildContext) -> Taken:
    """Return what the site has already, and forget the site: a large one and a large export do not lie in memory together.

    Raises ProblemsError where there is none.
    """
    if not context.has_site:
        raise ProblemsError(*context.problems)
    former = _taken(context.site)
    context.release_site()
    return former


def _taken(site: Site) -> Taken:
    """Return what this site has already, each address with what stands there."""
    addresses = {
        address: route.family.removeprefix("redirect/").removeprefix("short/")
        for address, route in site.routes.items()
        if not route.family.startswith("moved/")
    }
    titles = {key: texts.original.title for key, texts in site.sets_with_drafts.items()}
    old, marks = _former_texts(site)
    return Taken(site.kinds, tuple(site.languages.tags), titles, addresses, old=old, marks=marks)


def _former_texts(site: Site) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Return the texts that are here by their old addresses, and the guids or else the titles of each."""
    old: dict[str, str] = {}
    marks: dict[str, frozenset[str]] = {}
    by_address: dict[str, str] = {}
    for (kind, identity), texts in site.sets_with_drafts.items():
        folder = f"{kind}/{identity}"
        guids = frozenset(version.provenance.guid for version in texts.versions if version.provenance.guid)
        marks[folder] = guids or frozenset(version.title for version in texts.versions)
        for version in texts.versions:
            own = paths.text(version.language.tag, kind, identity)
            by_address[own] = folder
            old.update((normal(address), folder) for address in (f"/{own}", *version.aliases))
    for entries in site.redirects.values():
        old.update((normal(address), by_address[target]) for address, target in entries if target in by_address)
    return old, marks


def _doubt_of(old: OldSite) -> Callable[[str, str], None]:
    """Return what notes a link to a page of the old site that does not come, once for each text."""
    seen: set[tuple[str, str]] = set()

    def doubt(folder: str, url: str) -> None:
        if (folder, url) not in seen:
            seen.add((folder, url))
            old.doubts.append(Note(folder, phrase("its link to {url} leads to nothing that comes", url=url)))

    return doubt


def _fetcher(options: ImportOptions, context: BuildContext) -> Fetch:
    """Return what brings a file from the old site; nothing is requested unless that was asked for.

    Raises ProblemsError where FETCH_ALLOW_HOSTS names no hosts.
    """
    if not options.fetch:
        return lambda url: None
    from jisr.importing.store.file_fetch import make_fetcher

    hosts = context.settings.get("FETCH_ALLOW_HOSTS") or ()
    try:
        return make_fetcher(hosts if isinstance(hosts, list | tuple | set | frozenset) else (str(hosts),))
    except ValueError as error:
        text = '"{value}" is not a host. Write FETCH_ALLOW_HOSTS = ("127.0.0.1:8000",), each with its port.'
        place = SourceLocation(context.settings["SETTINGS_SHOWN"])
        raise ProblemsError(Problem.error(place, "setting", text, value=error)) from None


def _add_file_redirects(old: OldSite, plan: ImportPlan, media: MediaLibrary) -> int:
    """Lead the addresses of files, and of their own pages, to the files beside the texts; return how many files came."""
    for path, target in media.placed.items():
        if normal(path) not in plan.places:
            old.read["addresses"] += path not in plan.redirects
            plan.redirects.setdefault(path, target)
            plan.no_page.append(path)
    stated = {split_url(file.url).path for file in old.files.values()}
    old.read["files"] += len(media.placed.keys() - stated)  # which only the words of texts name
    for file in old.files.values():
        path = split_url(file.url).path
        place = media.placed.get(path)
        if place is None:
            why = media.refused.get(path) or phrase("no text that comes shows the file")
            old.leave("file", unquote(path), why)
            _redirect_pages(old, plan, file)
            continue
        for page in file.pages:
            old.read["addresses"] += page not in plan.redirects
            plan.redirects.setdefault(page, place)
            if page.startswith("/?"):
                plan.no_page.append(page)
    return len(media.placed)


def _redirect_pages(old: OldSite, plan: ImportPlan, file: OldFile) -> None:
    """Lead the pages of a file that does not come to the text that it was uploaded for, and note the addresses that end."""
    text, tag = plan.by_version.get(file.owner, (None, ""))
    for address in file.pages:
        old.read["addresses"] += address not in plan.redirects
        if text:
            plan.redirects.setdefault(address, f"/{text.address(tag)}")
            if address.startswith("/?"):
                plan.no_page.append(address)
        else:
            old.leave("address", address, phrase("its file does not come"))


def _write_redirects(record: ImportRecord, plan: ImportPlan) -> None:
    """Add the old addresses with a query, and those of files, to ``redirects.yaml``; what an editor says there stays."""
    known = _known_redirects(record)
    removed = record.redirects.keys() - known.keys()
    added = {address: target for address, target in plan.redirects.items() if address not in known and address not in removed}
    record.redirects |= {
        address: target for address, target in plan.redirects.items() if address in added or known.get(address) == target
    }
    if not added or record.dry_run:
        return
    file = record.content / REDIRECTS_FILE
    before = file.read_text("utf-8").rstrip("\n") + "\n" if file.is_file() else "# Old addresses, and where each leads now\n"
    lines = "".join(f"{quote_scalar(address)}: {quote_scalar(target)}\n" for address, target in sorted(added.items()))
    replace_atomically(file, lambda temporary: temporary.write_text(before + lines, "utf-8"))


def _known_redirects(record: ImportRecord) -> dict[str, str]:
    return {one.address: one.target for one in read_redirects(record.content, str(record.content))[0]}


def _name_clashes(old: OldSite, plan: ImportPlan, record: ImportRecord) -> None:
    """Take out the addresses that lead elsewhere already, for another old site that was moved here, and note them."""
    for address, target in _known_redirects(record).items():
        if address in plan.redirects and plan.redirects[address] != target and address not in record.redirects:
            del plan.redirects[address]
            why = phrase("{address} was the address of {place} too, and leads there", address=address, place=target)
            old.doubts.append(Note(REDIRECTS_FILE, why, "address"))


def _seed_ledger(context: BuildContext, plan: ImportPlan) -> None:
    """Add the old addresses at which pages lead on to the ledger, so that each publication looks for them."""
    file = Path(context.settings["SETTINGS_SHOWN"]).absolute().parent / _LEDGER
    before = file.read_text("utf-8") if file.is_file() else ""
    known = set(before.splitlines())
    new = sorted({quote_path(one) for aliases in plan.aliases.values() for one in aliases} - known)
    if new:
        text = f"{before.rstrip(chr(10))}{chr(10) if before else ''}" + "".join(f"{one}\n" for one in new)
        replace_atomically(file, lambda temporary: temporary.write_text(text, "utf-8"))
