"""What documents say where no fact answers: a sentence as the answer, or lines as a lead; words no fact."""
