"""`python -m masuk`."""

import sys

from masuk.cli.main import main

sys.exit(main())
