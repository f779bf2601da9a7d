"""Bulk runs by columns; needs numpy, and pyarrow for tables. Imported when first used."""
