"""Room journeys."""
