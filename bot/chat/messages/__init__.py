"""What a message is made of: text, buttons and what they carry, pages, and what is remembered of it."""
