"""Trips that were made: rows in, verdicts out, by the scheme and the list of their day."""
