"""Worker processes that parse feeds within limits of time and memory."""
