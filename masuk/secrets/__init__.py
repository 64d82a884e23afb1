"""Values that print masked, the vault that finds and masks them, and the redaction of pictures."""
