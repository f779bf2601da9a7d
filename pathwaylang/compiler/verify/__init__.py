"""Floor 6: whether every case reaches exactly one outcome; if not, a patient who shows it."""
