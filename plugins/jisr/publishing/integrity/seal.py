"""Sealing of a built folder: headers and redirects for its host, checksums, signatures."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path

from jisr.core.diagnostics.problems import Problem, ProblemsError, SourceLocation
from jisr.core.urls.paths import ADMIN, output_path, split_fragment
from jisr.publishing.integrity import checksums, minisign
from jisr.publishing.integrity.unlisted import UnlistedFiles
from jisr.publishing.server_config import accept_language, headers, redirect_rules

KEY_FILE = "minisign.pub"


_NOTHING_HIDDEN = UnlistedFiles()


def seal(
    folder: Path,
    address: str,
    public: str,
    key: minisign.SigningKey | None,
    redirect_tags: tuple[str, ...] = (),
    unlisted: UnlistedFiles = _NOTHING_HIDDEN,
    stated: Sequence[tuple[str, str]] = (),
) -> checksums.Checksums:
    """Write ``_headers`` and ``SHA256SUMS`` into a built folder, with a key also the signatures; return the sums.

    ``_redirects`` is for hosts that read it: by language from ``/`` for ``redirect_tags``, and from old and short addresses.
    Everybody reads both: what is ``unlisted`` stands in neither. ``stated`` are old addresses, with queries or at which no page
    can be, each with where it leads.
    """
    _write_file(folder / "_headers", headers.render_headers_file(editor=(folder / ADMIN).is_dir()))
    found = redirect_rules.find_redirects(folder, address)
    listed = [one for one in found if not any(output_path(place[1:]) in unlisted for place in one)]
    open_ones = [one for one in stated if output_path(split_fragment(one[1])[0][1:]) not in unlisted]
    redirects = "".join(f"{line}\n" for line in redirect_rules.netlify_queries(one for one in open_ones if "?" in one[0]))
    redirects += accept_language.render_language_redirects(redirect_tags) if redirect_tags else ""
    redirects += redirect_rules.render_redirects_file(redirect_rules.merge_redirects(listed, open_ones))
    if redirects:
        _write_file(folder / "_redirects", redirects)
    if public:
        _write_file(folder / KEY_FILE, minisign.format_public_key(public))
    sums = checksums.compute_checksums(folder)
    sums = {path: sums[path] for path in sums if path not in unlisted and not checksums.is_other_each_time(path)}
    _write_file(folder / checksums.SUMS_NAME, checksums.format_checksums(sums))
    if key is not None:
        for signature, path in checksums.SIGNATURES.items():
            if (folder / path).is_file():
                data = (folder / path).read_bytes()
                _write_file(folder / signature, minisign.sign(data, key, f"{Path(path).name} of {address}"))
    return sums


def read_signing_key(environment: Mapping[str, str], public: str, place: SourceLocation) -> minisign.SigningKey | None:
    """Return the key in the environment, or None where there is none.

    Raises ProblemsError where it is invalid, or does not match the public key of the settings.
    """
    line = environment.get(minisign.KEY_VARIABLE, "")
    if not line:
        return None
    if importlib.util.find_spec("cryptography") is None:
        text = "Signing needs cryptography, of the extra named sign: pip install -e '.[sign]'"
        raise ProblemsError(Problem.error(place, "sign", text))
    try:
        key = minisign.parse_secret_key(line)
    except ValueError:
        text = "{name} holds no secret key. Put the whole line there that `inv sign-key` wrote, or leave it empty."
        raise ProblemsError(Problem.error(place, "sign", text, name=minisign.KEY_VARIABLE)) from None
    if key.public != public:
        text = (
            'SIGNED_BY is "{stated}", and the key in {name} is "{public}". Write that into the settings, or use the other key.'
        )
        values = {"stated": public, "name": minisign.KEY_VARIABLE, "public": key.public}
        raise ProblemsError(Problem.error(place, "sign", text, **values))
    return key


def _write_file(file: Path, text: str) -> None:
    file.unlink(missing_ok=True)  # it may be a hard link to a file of an older folder
    file.write_bytes(text.encode())
