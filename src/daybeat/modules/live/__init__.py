"""Live: facts to the right open browsers and terminals, in order, none left out."""
