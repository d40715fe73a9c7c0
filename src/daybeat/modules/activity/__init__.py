"""What people and programs do: events in, at any rate, each stored once; and what follows from them."""
