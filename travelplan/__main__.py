"""`python -m travelplan` is the command line."""

import sys

from travelplan.cli import main

sys.exit(main())
