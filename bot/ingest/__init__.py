"""Documents to facts: read, resolve, check, plan, build; knows nothing of questions or replies."""
