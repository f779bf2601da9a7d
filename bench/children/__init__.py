"""Programs that measure one thing in a fresh process and print it as JSON in their last line."""
