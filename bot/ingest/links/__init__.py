"""Documents from the network: fetched on a maintainer's word, from public addresses, within bounds, and kept."""
