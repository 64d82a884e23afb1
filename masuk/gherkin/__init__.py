"""Feature files: the checks they are tagged with, lint, selection and sharding."""
