"""`python -m handset`: the same as the `handset` command."""

import sys

from handset.cli import main

sys.exit(main())
