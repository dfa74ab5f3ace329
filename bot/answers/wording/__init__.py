"""Findings to text: sentences, lists, dates, places, from templates alone; finds nothing."""
