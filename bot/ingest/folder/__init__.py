"""What a knowledge folder holds besides text: files, sidecars, sources, audiences, vocabulary; loads none of it."""
