"""An inquiry: one person who asked us for help."""
