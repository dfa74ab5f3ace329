"""What an operator's tools ask over HTTP: is it alive, is it ready, how does it fare; answers no member."""
