"""`python -m bot` is `whoswho`; nothing else happens here."""

from bot.cli import main

if __name__ == "__main__":
    main()
