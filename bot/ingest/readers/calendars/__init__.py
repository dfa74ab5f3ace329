"""The parts of calendars and cards: content lines, events, their times; reads no file."""
