"""``inv digest``: a newsletter of what is new in a language, as HTML, as text and as a mail."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from jisr.content.atomic_write import replace_atomically
from jisr.core.build.build_context import BuildContext
from jisr.core.diagnostics.error_reasons import parse_reason
from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation, phrase
from jisr.core.frozen import dataclass
from jisr.core.i18n.dates import DateError, parse_date
from jisr.core.i18n.languages import Language
from jisr.core.model.site import Site
from jisr.core.schema.validation_context import suggest_language_tag
from jisr.outputs.text.digest import collect_digest, render_digest_text
from jisr.outputs.text.digest_mail import fit_digest, render_digest_html, render_digest_mail


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """The language of the letter (empty: each), the day from which on texts are new, and the folder to write into."""

    tag: str = ""
    since: str = ""
    output_folder: str = "digest"


def write_digests(context: BuildContext, request: DigestRequest) -> int:
    """Write a letter for each language asked for, print the names of its files, and return 0.

    A language in which nothing is new gets no letter, and an older one goes. Raises ProblemsError where the language or the day
    is none, or a file cannot be written.
    """
    site, since = context.site, _parse_since(request.since, context.site)
    for language in _parse_languages(request.tag, site):
        digest = fit_digest(collect_digest(site, context.messages, language, since))
        files = [Path(request.output_folder) / f"digest.{language.tag}.{ending}" for ending in ("html", "txt", "eml")]
        try:
            if not digest.documents and not digest.left_out:
                print(
                    context.formatter.format(phrase("Nothing is new in {tag} since {day}.", tag=language.tag, day=str(since)))
                )
                for file in files:
                    file.unlink(missing_ok=True)
                continue
            texts = (render_digest_html(digest).encode(), render_digest_text(digest).encode(), render_digest_mail(digest))
            Path(request.output_folder).mkdir(parents=True, exist_ok=True)
            for file, data in zip(files, texts, strict=True):
                replace_atomically(file, lambda temporary, data=data: temporary.write_bytes(data))  # type: ignore[misc]
                print(file)
        except OSError as error:
            path = str(error.filename2 or error.filename or request.output_folder)
            text = '"{path}" cannot be written: {reason}. Name another folder with --output.'
            reason = parse_reason(error.strerror)
            raise ProblemsError(Problem.error(SourceLocation(path), "output", text, path=path, reason=reason)) from None
    return 0


def _parse_since(value: str, site: Site) -> date:
    """Return the day from which on texts are new. Raises ProblemsError."""
    try:
        day = parse_date(value)
    except DateError:
        text = '"{value}" is not a day. Write the day from which on texts are new, as --since {example}.'
        example = str(site.today.replace(day=1))
        raise ProblemsError(Problem.error(SourceLocation("--since"), "digest", text, value=value, example=example)) from None
    return day.date() if isinstance(day, datetime) else day


def _parse_languages(tag: str, site: Site) -> tuple[Language, ...]:
    """Return the language of a tag, or all without one. Raises ProblemsError."""
    if not tag:
        return tuple(site.languages)
    if tag not in site.languages.tags:
        text = '"{value}" is no language of this site. {hint}There are: {names}.'
        hint, names = suggest_language_tag(tag, site.languages.tags), ", ".join(site.languages.tags)
        raise ProblemsError(Problem.error(SourceLocation("--lang"), "digest", text, value=tag, hint=hint, names=names))
    return (site.languages[tag],)
