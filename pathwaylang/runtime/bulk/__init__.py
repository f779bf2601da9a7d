"""Many cases at once: `Pathway.evaluate_many`."""
