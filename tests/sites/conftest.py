"""Nothing below is collected: these are sites, some of them broken on purpose."""

collect_ignore_glob = ["*.py"]
