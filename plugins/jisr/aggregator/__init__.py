"""The aggregator of member blogs: fetch, parse, sanitize, select and write posts as Markdown; never a part of a build."""
