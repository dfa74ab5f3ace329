"""Facts that account for a question, found, matched and put in order; words none of them."""
