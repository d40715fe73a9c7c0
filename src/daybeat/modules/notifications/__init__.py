"""How people are told: channels, templates, deliveries, the bot."""
