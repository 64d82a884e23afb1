"""Where the tests and what they test lie."""

from pathlib import Path

from masuk.base.locations import Project

CHECKOUT = Path(__file__).resolve().parents[1]
PROJECT = Project.at(CHECKOUT)
