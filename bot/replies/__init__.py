"""Answer to reply: wording and layout, no SQL and no Telegram."""
