"""What every laid-out page is cut into: sections, entries, segments, fields; states no fact by itself."""
