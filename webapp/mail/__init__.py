"""Mail: queued with what it tells of, sent when the mail server answers."""
