"""The tables of the bot: codes that link a chat, how far updates were handled, and whom not to answer too often."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Table, Uuid

from daybeat.infra.db.schema import Instant, metadata

telegram_links = Table(
    "telegram_links",
    metadata,
    Column("code_hash", LargeBinary(32), primary_key=True),
    Column("user_id", Uuid, nullable=False, index=True),
    Column("expires_at", Instant, nullable=False),
)

notification_bot = Table(
    "notification_bot",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("username", String(64), nullable=False),
    Column("update_id", BigInteger),  # the newest that was handled
    Column("handled_at", Instant),
)

telegram_chats = Table(
    "telegram_chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("hinted_at", Instant),
    Column("wrong_codes", Integer, nullable=False),
    Column("wrong_since", Instant),
    Column("seen_at", Instant, nullable=False, index=True),
)
"""Chats that were told off lately. Whose a chat is stands with the channels."""
