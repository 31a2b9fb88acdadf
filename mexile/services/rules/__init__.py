"""What services know without a database: how a line is read, how acts are counted."""
