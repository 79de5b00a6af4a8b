"""Block parsing: lines to a tree of blocks."""
