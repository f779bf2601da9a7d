"""The tests of PathwayLang, one folder per room of the package."""
