"""The command line: what it prints, what it writes, how it ends."""
