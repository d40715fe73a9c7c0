"""What the bot says. Plain sentences; whoever shows them escapes what is put in."""

COMMANDS = {
    "today": "What is due today",
    "mood": "Say how you feel",
    "help": "What I can do",
    "stop": "Unlink this chat",
}

HELP = (
    "This is what you can send me:\n"
    "/today shows what is due, with a button for each habit\n"
    "/mood asks how you feel; /mood 4 slept well says it at once (1 to 5)\n"
    "/stop unlinks this chat\n"
    "Reminders come here by themselves, and you answer them with their buttons."
)
WELCOME = (
    "Hello! I bring your Daybeat reminders here.\n"
    "To link this chat, open Daybeat, go to Integrations, choose Telegram and press the link that is shown there."
)
LINKED = "This chat is linked to Daybeat now. Your reminders come here.\n\n" + HELP
LINKED_ALREADY = "This chat is linked to Daybeat. Send /help to see what I can do."
WRONG_CODE = (
    "This code does not work. A code works once and for ten minutes: make a new one in Daybeat and send it here."
)
WRONG_BUT_LINKED = "This code does not work, or was used already. This chat stays linked as it is."
TOO_MANY_CODES = "These were too many wrong codes. Wait ten minutes, then make a new one in Daybeat."
ONLY_PRIVATE = (
    "I only talk to one person at a time. Write to me in a private chat; a code sent here does not work again."
)
NOT_LINKED = "This chat is not linked to Daybeat. Send /start to see how to link it."
UNLINKED = "This chat is no longer linked, so nothing more comes here. Send /start when you want it back."
UNKNOWN = "I did not understand that. Send /help to see what I can do."
FEELING = "How are you feeling?"
MOOD_HELP = "Send /mood and press a face, or /mood 4 and a note if you like. 1 is awful, 5 is great."
LONG_NOTE = "A note can have {most:,} characters. Send a shorter one."
OUR_FAULT = "Something went wrong on our side. It was written down and will be looked after; nothing else was changed."
NOT_UNDERSTOOD = "This button does nothing any more."
NOT_HERE = "This button does not work here."
ANOTHER_DAY = "This list is of another day. Send /today for a new one."
NOT_DUE = "There is nothing to do for this habit now."
NOTHING_DUE = "Nothing is due today."
ALL_DONE = "All done for today."
TODAY = "Today"
MORE = "… and {number} more in Daybeat."
MARKS = {"done": "✓", "skip": "⏭", "snooze": "⏰"}
SIGNS = {"open": "○", "done": "✓", "skipped": "⏭"}
