"""What a user writes: settings, the profile of an app, capabilities."""
