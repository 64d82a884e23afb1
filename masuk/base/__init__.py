"""What every other room uses: errors, polling, locks, processes, text tables and validated TOML."""
