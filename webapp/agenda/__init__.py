"""The calendar of approved trips and of visits that come to us, without names."""
