"""`python -m apk_tools`."""

import sys

from apk_tools.build import main

sys.exit(main())
