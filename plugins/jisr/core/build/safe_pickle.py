"""Unpickling that runs no code, whatever the pickle holds."""

from __future__ import annotations

import pickle
from typing import IO, Any


class SafeUnpickler(pickle.Unpickler):
    """Unpickler of values of our own classes, and of nothing that could run code.

    See the warning of https://docs.python.org/3/library/pickle.html#restricting-globals.
    """

    def __init__(self, stream: IO[bytes], trusted: tuple[str, ...]) -> None:
        """Trust the classes of these modules and packages; each name ends in a dot, so that it is no prefix of a longer one."""
        super().__init__(stream)
        self.trusted = trusted

    def find_class(self, module: str, name: str) -> Any:
        """Return a trusted class. Raises pickle.UnpicklingError for anything else."""
        # A name with dots, or one that a module imports, would lead out of it: to os.system.
        if f"{module}.".startswith(self.trusted) and name.isidentifier():
            value = super().find_class(module, name)
            if isinstance(value, type) and value.__module__ == module:
                return value
        raise pickle.UnpicklingError(f"{module}.{name}")
