"""What both wings read with: tokens and stems, dates, names and typos, vocabulary words; nothing about facts."""
