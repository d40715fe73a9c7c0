"""Technology without field words: the database, the event log, jobs, the web."""
