FROM python:3.13-slim AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN ["python", "-m", "venv", "/opt/bot"]
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN ["/opt/bot/bin/pip", "install", "."]
ENV LEARNING_CITIES_DATA=/opt/facts
RUN ["/opt/bot/bin/learning-cities-knowledge", "build"]

FROM python:3.13-slim
COPY --from=builder /opt/bot /opt/bot
COPY --from=builder /opt/facts /opt/facts
# Nothing is written at run time: neither the fact base, nor bytecode, nor PyThaiNLP's data folder.
ENV LEARNING_CITIES_DATA=/opt/facts \
    PYTHAINLP_READ_ONLY=1 \
    PYTHAINLP_OFFLINE=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 65532:65532
ENTRYPOINT ["/opt/bot/bin/learning-cities-bot"]
