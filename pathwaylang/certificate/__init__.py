"""The independent checker of certificates: proves a compiled pathway again, by other code.

In: the text of a certificate and the source texts it names. Out: a `Verdict` in words. It shares
the artifact's schema and the evaluator of single conditions (`ir.kleene`) with the compiler and
nothing else; a fault of these would not be seen here. Cells are checked value by value against each
condition; the diagram of each track is made anew from the graph and compared with the certificate's
node by node; counts come from the certificate's nodes, safety rules are decided again.
"""

from pathwaylang.certificate.check import Verdict, check_certificate

__all__ = ["Verdict", "check_certificate"]
