"""The parts of laid-out formats: lines, tables, elements, words of a page; each for the formats that use it."""
