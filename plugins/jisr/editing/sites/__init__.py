"""Sites: the files that a new one begins with."""
