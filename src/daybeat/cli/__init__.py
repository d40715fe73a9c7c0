"""The command line: one subcommand per process, the tools around them, and a client."""
