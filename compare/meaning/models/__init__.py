"""The learned models of meaning, and the code that runs them."""
