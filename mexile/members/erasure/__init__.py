"""An erasure: the removal of a person carried out, once its time has come."""
