"""What a device remembers: settings, clock, network, files."""
