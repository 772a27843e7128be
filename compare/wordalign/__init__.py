"""Word alignment: what stands in each cell, and which words of two cells answer one another."""
