"""Updates on disk from before Telegram hears that they arrived until after they are answered: none is lost."""

from bot.inbox.inbox import Inbox
from bot.inbox.kept import Kept, MalformedError

__all__ = ["Inbox", "Kept", "MalformedError"]
