"""What an option of the command line may say about keeping evidence, after the manner of pytest-playwright."""

PICTURES = ("on", "off", "only-on-failure")
RECORDINGS = ("on", "off", "retain-on-failure")
