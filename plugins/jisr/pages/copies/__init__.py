"""The pages on copies of the site: how to take one away, and how to tell a true one."""
