"""py3langid's model without its tables in memory: of 110 MB, a text needs a few pages of a file that is mapped."""

from __future__ import annotations

import lzma
import mmap
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any


def load_identifier(languages: Sequence[str]) -> Any:
    """Return py3langid's identifier of some languages. Raises ImportError where it is not installed.

    Where its file has another form than the one that we can map, it is loaded as py3langid does.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    try:
        return _map_identifier(Path(MODEL_DIR) / MODEL_FILE, languages)
    except (KeyError, TypeError, ValueError, OSError, AttributeError, zipfile.BadZipFile):
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        identifier.set_languages(list(languages))
        return identifier


def _map_identifier(path: Path, languages: Sequence[str]) -> Any:
    """Return the identifier with its tables mapped from an unpacked copy of its file, which goes with this process."""
    from py3langid.langid import LanguageIdentifier

    with tempfile.TemporaryFile(suffix=".npz") as file:
        with lzma.open(path) as packed:
            shutil.copyfileobj(packed, file, length=1 << 20)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        with zipfile.ZipFile(file) as archive:
            tables = {info.filename.removesuffix(".npy"): _map_table(mapped, archive, info) for info in archive.infolist()}
    names = tables["classes"].tolist()
    columns = [number for number, name in enumerate(names) if name in set(languages)]
    identifier = LanguageIdentifier(
        tables["ptc"][:, columns],
        tables["pc"][columns],
        [names[number] for number in columns],
        memoryview(tables["nextmove"]),
        tables["out_feat"].tolist(),
        norm_probs=True,
        tk_row=tables["nextmove_row"].tolist(),
    )
    if hasattr(mapped, "madvise"):  # the pages that were read on the way are read again when a text needs them
        mapped.madvise(mmap.MADV_DONTNEED)
    return identifier


def _map_table(mapped: mmap.mmap, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Any:
    """Return a table of an archive that is not packed, as a view of the mapped file."""
    import numpy as np

    if info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(info.filename)
    with archive.open(info) as member:
        shape, in_columns, kind = _read_header(member)
        header = member.tell()
    start = (
        info.header_offset
        + 30
        + sum(int.from_bytes(mapped[info.header_offset + at : info.header_offset + at + 2], "little") for at in (26, 28))
    )
    count = int(np.prod(shape))
    return np.frombuffer(mapped, kind, count, start + header).reshape(shape, order="F" if in_columns else "C")


def _read_header(member: IO[bytes]) -> tuple[tuple[int, ...], bool, Any]:
    from numpy.lib import format as npy

    version = npy.read_magic(member)
    return npy.read_array_header_1_0(member) if version == (1, 0) else npy.read_array_header_2_0(member)
