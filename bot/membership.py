"""Coming into groups, leaving them, and groups that go on under another number."""

from __future__ import annotations

from telegram import Chat, ChatMember, ChatMemberUpdated, Update
from telegram.ext import ContextTypes

from bot.answers import Answers
from bot.sending import Place

Context = ContextTypes.DEFAULT_TYPE
ABSENT = (ChatMember.LEFT, ChatMember.BANNED)
GROUPS = (Chat.GROUP, Chat.SUPERGROUP)


class Membership:
    """What the bot does about its own place in a chat."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def changed(self, update: Update, context: Context) -> None:
        """Greet a group once; forget a chat that the bot is no longer in."""
        change = update.my_chat_member
        if change is None:
            return
        if change.new_chat_member.status in ABSENT:
            self._answers.talk.state.forget_chat(change.chat.id)
        elif change.chat.type in GROUPS and change.old_chat_member.status in ABSENT and _may_write(change):
            admin = change.new_chat_member.status == ChatMember.ADMINISTRATOR
            await self._answers.greet(context.bot, Place(change.chat.id), change.from_user, admin=admin)

    async def moved(self, update: Update, context: Context) -> None:
        """A group has become a supergroup: what was fixed for the one holds for the other."""
        message = update.message
        if message and message.migrate_to_chat_id:
            self._answers.talk.state.move_chat(message.chat.id, message.migrate_to_chat_id)
        elif message and message.migrate_from_chat_id:
            self._answers.talk.state.move_chat(message.migrate_from_chat_id, message.chat.id)


def _may_write(change: ChatMemberUpdated) -> bool:
    return getattr(change.new_chat_member, "can_send_messages", True) is not False
