"""What is measured of words and of cells, for the models."""
