"""A trip as an entry of a calendar."""
