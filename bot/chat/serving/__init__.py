"""What stands between whoever asks and the assistant: who they are, how often, in time, and what breaks."""
