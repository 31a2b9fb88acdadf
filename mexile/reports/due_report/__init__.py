"""The room of a report that is due: prepared here, made safe, sent, and shown again."""
