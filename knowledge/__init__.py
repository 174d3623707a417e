"""What the bot knows: announcements, facts, sources and coverage, in SQLite."""
