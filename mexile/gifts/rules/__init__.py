"""Pure functions of giving: amounts, codes, tickets, what a receipt says, what Stripe's truth means."""
