"""An award: what a funder granted, for which days and which services."""
