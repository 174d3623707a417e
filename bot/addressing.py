"""Is the bot asked, and what: a private chat always, a group only when it is spoken to."""

from __future__ import annotations

from telegram import Message, MessageEntity, User
from telegram.ext import filters

PRIVATE = "private"
ASK = "/ask"


class _People(filters.MessageFilter):
    """New messages written by someone: no other bots, no posts forwarded from a linked channel."""

    def filter(self, message: Message) -> bool:
        """Tell whether a person, an anonymous admin or a channel wrote the message."""
        other_bot = bool(message.from_user and message.from_user.is_bot and not message.sender_chat)
        return not other_bot and not message.is_automatic_forward


PEOPLE = _People()


def is_private(message: Message) -> bool:
    """Tell whether the message is in a private chat, where everything is meant for the bot."""
    return bool(message.chat.type == PRIVATE)


def question(message: Message, bot: User) -> str | None:
    """Return what the bot is asked; empty when it is called without words, None when it is not asked."""
    text = _text(message)
    if _command(message, text) is not None and not commands_bot(message, bot):
        return None
    called = [entity for entity in _entities(message) if _calls(entity, text, bot)]
    if not (is_private(message) or called or answers_bot(message, bot)):
        return None
    return _without(text, called) or (quoted(message, bot) if called else "")


def calls(message: Message, bot: User) -> bool:
    """Tell whether a message is meant for the bot by itself, and not only as a reply among people."""
    text = _text(message)
    return is_private(message) or any(_calls(entity, text, bot) for entity in _entities(message))


def command(message: Message) -> str | None:
    """Return the command a message starts with, as "ask"."""
    found = _command(message, _text(message))
    return found and found[1:].partition("@")[0].lower()


def argument(message: Message, bot: User) -> str:
    """Return what follows a command, or else the text of the message it replies to."""
    text = _text(message)
    called = [entity for entity in _entities(message) if _starts(entity) or _mentions(entity, text, bot)]
    return _without(text, called) or quoted(message, bot)


def quoted(message: Message, bot: User) -> str:
    """Return the text, or the quoted part of it, that a message replies to."""
    if message.quote and message.quote.is_manual:
        return message.quote.text.strip()
    replied = message.reply_to_message
    if replied is None or _opens_topic(message) or answers_bot(message, bot):
        return ""
    calls = [entity for entity in _entities(replied) if _mentions(entity, _text(replied), bot)]
    return _without(_text(replied), calls)


def answers_bot(message: Message, bot: User) -> bool:
    """Tell whether a message replies to one of the bot's own, other than the one that opened the topic."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or _opens_topic(message):
        return False
    return replied.from_user.id == bot.id


def commands_bot(message: Message, bot: User) -> bool:
    """Tell whether a message is a command that this bot may take: with its name, or without any."""
    command = _command(message, _text(message))
    return command is not None and _addressee(command, bot)


def names_bot(message: Message, bot: User) -> bool:
    """Tell whether a command is addressed to this bot by name, as /help@name."""
    return commands_bot(message, bot) and "@" in (_command(message, _text(message)) or "")


def _text(message: Message) -> str:
    return message.text or message.caption or ""


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    return tuple(message.entities or message.caption_entities or ())


def _opens_topic(message: Message) -> bool:
    """In a topic, every message is formally a reply to the service message that opened it."""
    replied = message.reply_to_message
    if replied is None:
        return False
    at_root = bool(message.is_topic_message) and replied.message_id == message.message_thread_id
    return at_root or replied.forum_topic_created is not None


def _calls(entity: MessageEntity, text: str, bot: User) -> bool:
    if _starts(entity):
        return _part(text, entity).lower().partition("@")[0] == ASK and _addressee(_part(text, entity), bot)
    return _mentions(entity, text, bot)


def _starts(entity: MessageEntity) -> bool:
    return entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0


def _mentions(entity: MessageEntity, text: str, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return entity.type == MessageEntity.MENTION and _part(text, entity).lower() == f"@{bot.username}".lower()


def _command(message: Message, text: str) -> str | None:
    """Return the command a text starts with, as `/ask` or `/ask@name`."""
    first = next(iter(_entities(message)), None)
    return _part(text, first) if first and _starts(first) else None


def _addressee(command: str, bot: User) -> bool:
    name = command.partition("@")[2]
    return not name or name.lower() == (bot.username or "").lower()


def _part(text: str, entity: MessageEntity) -> str:
    """Return the text of an entity, which counts in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return _decoded(units[2 * entity.offset : 2 * (entity.offset + entity.length)])


def _without(text: str, entities: list[MessageEntity]) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return " ".join(_decoded(units).split()) if entities else text.strip()


def _decoded(units: bytes) -> str:
    return units.decode("utf-16-le", "surrogatepass")
