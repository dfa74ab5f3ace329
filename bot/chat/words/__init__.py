"""The texts of the Discord surface, in the language of whoever reads them."""
