"""Every MQTT topic there is. A tail is what follows the user, with + where an id stands."""

ROOT = "daybeat/u"
STATUS = "daybeat/status"

MOOD_PROMPT = "mood/prompt"
MOOD_REPLY = "mood/reply"
MOOD_ACK = "mood/ack"
HABIT_SET = "habit/+/set"
HABIT_STATE = "habit/+/state"
NOTIFICATION = "notification"

SAID = (MOOD_REPLY, HABIT_SET)
"""What a device may say to its user's Daybeat."""
HEARD = (MOOD_PROMPT, MOOD_ACK, HABIT_STATE, NOTIFICATION)
"""What a device may hear from it."""
