"""`python -m masuk`."""

import sys

from masuk.cli import main

sys.exit(main())
