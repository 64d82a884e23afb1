"""The device shell: a tokenizer, an interpreter and the commands."""
