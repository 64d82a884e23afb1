"""App processes and what runs in them."""
