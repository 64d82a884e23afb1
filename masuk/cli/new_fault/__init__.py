"""`masuk new fault`: begins a failure mode."""
