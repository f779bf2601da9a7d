"""Renderers of findings: text, JSON, GitHub; user text stays text in each."""
