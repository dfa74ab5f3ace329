"""Documents laid out for people to fact drafts: whom a page is about, its entries, its sentences; reads no file."""
