"""The ways in which members ask: commands, buttons, menus and messages."""
