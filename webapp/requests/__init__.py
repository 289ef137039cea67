"""Requests: filed by a traveller, agreed to step by step, changed, withdrawn, travelled."""
