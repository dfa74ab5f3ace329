"""The words documents use: section headings, roles, degrees, kinds of organisation, labels, dates; data only."""
