"""What is done when nobody reads any more, as after `masuk steps | head`."""

import os
import sys


def write_no_more() -> None:
    """Python writes once more as it ends, into what nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
