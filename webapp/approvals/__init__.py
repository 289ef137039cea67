"""Deciding on requests: what waits for whom, stand-ins, and reminders."""
