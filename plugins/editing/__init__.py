"""Commands for those who write and translate: a new text, a translation, and what is missing or stale. No part of a build."""
