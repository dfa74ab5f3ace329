"""Entries and lists of a life to facts: posts, studies, skills, certificates, contacts; knows no other page."""
