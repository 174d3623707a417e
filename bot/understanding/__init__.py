"""Question to query: no Telegram, no SQL, no wording."""

import os

# Before PyThaiNLP is imported anywhere below.
os.environ.setdefault("PYTHAINLP_READ_ONLY", "1")  # never writes to the home folder
os.environ.setdefault("PYTHAINLP_OFFLINE", "1")  # never asks the network
