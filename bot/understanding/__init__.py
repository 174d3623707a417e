"""Question to query: no Telegram, no SQL, no wording."""
