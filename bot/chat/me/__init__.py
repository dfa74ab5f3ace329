"""What members see and settle of their own entries."""
