"""travelplan."""
