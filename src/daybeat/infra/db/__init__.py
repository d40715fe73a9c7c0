"""The database: column types, connections, and the one way to write."""
