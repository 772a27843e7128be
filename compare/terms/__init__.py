"""Terms: what one term of the source is rendered by, and the work's glossary."""
