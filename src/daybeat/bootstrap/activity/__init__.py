"""Activity, put together: where events come in, where they are stored, and what follows from them."""
