"""What is answered and in which form: facts, views, a comparison, or which "no"; reads no wording of its own."""
