"""The store of requests: one database, SQLite or PostgreSQL."""

from webapp.store.database import Store, open_store

__all__ = ["Store", "open_store"]
