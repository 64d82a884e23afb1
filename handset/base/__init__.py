"""What every other room uses: errors, logs, keys, names, signatures."""
