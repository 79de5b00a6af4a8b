"""Member blogs: fetch, parse, sanitize, choose and write posts as Markdown; never a part of a build."""
