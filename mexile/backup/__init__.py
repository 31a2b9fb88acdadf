"""Backup: all that this installation holds at one moment, encrypted into one file, and the way back. The keyring is never
in it, so that whoever was removed stays removed in last year's copy too; its own copies live seven days at most."""
