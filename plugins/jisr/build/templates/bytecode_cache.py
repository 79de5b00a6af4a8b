"""The byte code of templates, in the cache folder of the user.

Byte code is run, so it lies where nobody else writes: never in the site's folder, whose ``.cache/`` may come from elsewhere.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import version
from importlib.util import MAGIC_NUMBER
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from jisr.build.files.user_folder import make_private_folder, user_cache_folder

_KEY_LENGTH = 16  # hexadecimal digits of the digest in the names of files


class BytecodeCache(FileSystemBytecodeCache):
    """Jinja's cache of compiled templates; what cannot be read or written costs time only.

    A file is named by what was compiled, not by where that lies: every copy of a theme finds it.
    """

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return what is kept of a template, for the file that messages name."""
        checksum = self.get_source_checksum(source)
        bucket = Bucket(environment, self.get_cache_key(name, checksum), checksum)
        self.load_bytecode(bucket)
        if bucket.code:
            bucket.code = bucket.code.replace(co_filename=filename or "<unknown>")
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a template, where it was compiled from the present source."""
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code of a template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def open_bytecode_cache(options: Mapping[str, object], site_folders: Iterable[Path]) -> BytecodeCache | None:
    """Return the cache for an environment with these options, or None where there can be none.

    That is where Python was asked to write no byte code, where the folder lies in one of the site, or others may write into it,
    and where a value of the options is none that a key can tell from another.
    """
    folder = user_cache_folder()
    known = all(isinstance(value, str | int | None) for value in options.values())
    if sys.dont_write_bytecode or not known or not make_private_folder(folder, site_folders):
        return None
    return BytecodeCache(str(folder), f"{_compiler_key(options)}-%s.jinja")


def _compiler_key(options: Mapping[str, object]) -> str:
    """Return a key of all that decides what a source is compiled to: Python, Jinja and the options.

    Our filters don't: each takes the context or a value of a view, so that Jinja calls none when it compiles.
    """
    parts = (sys.version, MAGIC_NUMBER, version("jinja2"), sorted(options.items()))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:_KEY_LENGTH]
