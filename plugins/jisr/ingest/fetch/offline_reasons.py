"""The reasons of a request that a machine without a network has for every address."""

from __future__ import annotations

NAME_NOT_FOUND = "its name is not known"
NO_CONNECTION = "nobody answers at its address"
OFFLINE_REASONS = (NAME_NOT_FOUND, NO_CONNECTION)
