"""Cover: which attorney answers for a fatal deadline where nobody else is left."""
