"""`python -m apk_builder`."""

import sys

from apk_builder.build import main

sys.exit(main())
