"""The development server: HTTP, watcher, worker."""
