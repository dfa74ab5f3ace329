"""Getting to Discord and staying there."""
