"""What the bot itself has to remember: languages of chats, questions it could not answer, votes on answers."""

from bot.state.store import DOWN, UNANSWERED, Feedback, Miss, MissKind, State

__all__ = ["DOWN", "UNANSWERED", "Feedback", "Miss", "MissKind", "State"]
