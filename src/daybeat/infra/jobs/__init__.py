"""Work for later, kept in the database: it is done in the transaction that marks it done."""
