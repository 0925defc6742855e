"""`python -P -m factpack`: the command, where no console script is installed.

Without `-P`, Python takes modules of the folder one stands in first: there, a pull request's own `pydantic.py` would
be run. So that is refused before anything else is imported.
"""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        print("factpack: say `python -P -m factpack`, or `factpack`: else files here run as Python's", file=sys.stderr)
        sys.exit(2)
    from factpack.cli import main

    sys.exit(main())
