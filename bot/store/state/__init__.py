"""What members and admins did, apart from every snapshot: gaps, votes, audit, history, removals, links."""
