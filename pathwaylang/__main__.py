"""`python -m pathwaylang`: the same program as the installed command `pathwaylang`.

The arguments of the process go in, its exit code comes out; nothing else lives here.
"""

from pathwaylang.cli.main import main

if __name__ == "__main__":
    main()
