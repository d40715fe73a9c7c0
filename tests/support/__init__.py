"""What tests share: a clock to set, a Daybeat in this process, a Daybeat in a process of its own."""
