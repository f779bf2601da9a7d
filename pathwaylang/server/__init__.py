"""Floor 10: a pathway as a web service."""
