"""Floor 1: what compiler and runtime share, the decision graph and the exact quantities in it."""
