"""Child processes that read feeds within limits of time and memory."""
