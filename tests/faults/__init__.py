"""What goes wrong in the world, done on purpose: kills, full disks, damaged files, hostile text.

`make faults` runs the whole; each part is a function that gives a Tally, and CI runs a short form of each.
"""
