"""Files of a build: writer and atomic swap of folders."""
