"""Running text to suggestions, sentence by sentence; states nothing by itself."""
