"""One file a suite: a function `measure(effort)` that returns a `Suite`."""
