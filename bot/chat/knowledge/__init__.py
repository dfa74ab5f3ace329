"""What those who look after the knowledge do in Discord."""
