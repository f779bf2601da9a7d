"""Floor 10: the command line. One file per command; each is loaded only when it is called."""
