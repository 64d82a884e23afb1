"""How fast and how big it is: measures everything once and prints one table. `python -m benchmarks`."""
