"""A passkey: a key in somebody's telephone, computer or security key, which opens the account with their finger or PIN."""
