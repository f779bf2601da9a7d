"""PathwayLang: clinical pathways that doctors write and a compiler proves complete.

A `.pw` file goes in; a verified, drawn and running pathway comes out. Nothing is imported here:
embed `pathwaylang.runtime` to answer cases, call `pathwaylang.service` to check or build.

INVARIANT: importing this package costs nothing and loads no other module of it.
"""

__version__ = "0.1.0"
