"""`python -m tests.fuzz --minutes 30`: looks for input that the device's parsers do not survive, each time another."""

import argparse
import sys
import time
from itertools import cycle

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.handset.fuzzing.properties import PROPERTIES
from tests.handset.fuzzing.world import world

ROUND = 500
"""Inputs of one property before it is the next one's turn."""


def main() -> int:
    """Fuzz until the time is over, or until something is found; the exit code is 1 then."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="how long to go on (30)")
    parser.add_argument("--only", choices=PROPERTIES, action="append", help="only this property; may be repeated")
    options = parser.parse_args()
    found = DirectoryBasedExampleDatabase(".masuk/fuzz")
    end = time.monotonic() + options.minutes * 60
    for name in cycle(options.only or PROPERTIES):
        if time.monotonic() >= end:
            return 0
        chosen = PROPERTIES[name]
        with world() as device:
            profile = settings(
                max_examples=ROUND,
                deadline=None,
                database=found,
                suppress_health_check=list(HealthCheck),
                print_blob=True,
            )

            try:
                chosen.check(device, profile)
            except AssertionError as error:
                print(f"{name}: {error}", file=sys.stderr)
                return 1
        print(f"{name}: {ROUND} inputs", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
