"""Room emissions."""
