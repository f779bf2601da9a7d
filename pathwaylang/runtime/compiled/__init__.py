"""Generated Python: a pathway's diagrams as nested conditions, for single cases at full speed."""
