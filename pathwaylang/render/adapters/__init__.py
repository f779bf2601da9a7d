"""The optional drawing libraries, each behind a small function."""
