"""Second engines of the verifier: solvers, behind a small interface; all of them optional."""
