"""Sites of SPIP: XML backups, SQLite and SQL dumps."""
