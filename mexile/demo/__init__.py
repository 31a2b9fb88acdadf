"""The demonstration: an invented organization, the five-minute walk through it, the mail
catcher and the local Stripe stand-in.

Nothing here is part of a mexile in earnest. The command line is the only importer, the walk
answers on loopback only and with the demonstration's own key, and a production
configuration refuses to start beside that key.
"""
