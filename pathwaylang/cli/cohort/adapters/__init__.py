"""Files of cohorts; the libraries for them are optional."""
