"""Booking what was approved, without knowing why somebody travels."""
