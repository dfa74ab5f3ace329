"""What people who are in the documents may see of what is recorded of them, and what they may ask for."""
