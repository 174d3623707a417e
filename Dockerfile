# By digest the base is the same for good: --build-arg PYTHON=python:3.13-slim@sha256:… (bot/RUNNING.md tells how).
ARG PYTHON=python:3.13-slim

FROM ${PYTHON} AS wheel
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements-build.lock ./
RUN ["pip", "install", "--root-user-action=ignore", "--require-hashes", "-r", "requirements-build.lock"]
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN ["pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", "/wheels", "."]

FROM ${PYTHON} AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN ["python", "-m", "venv", "/opt/bot"]
COPY requirements.lock ./
RUN ["/opt/bot/bin/pip", "install", "--require-hashes", "-r", "requirements.lock"]
COPY --from=wheel /wheels /wheels
RUN ["/opt/bot/bin/pip", "install", "--no-deps", "--no-index", "--find-links", "/wheels", "learning-cities-bot"]
ENV LEARNING_CITIES_DATA=/opt/facts
RUN ["/opt/bot/bin/learning-cities-knowledge", "build"]
RUN ["mkdir", "/state"]

FROM ${PYTHON}
COPY --from=builder /opt/bot /opt/bot
COPY --from=builder /opt/facts /opt/facts
COPY --from=builder --chown=65532:65532 /state /state
# Nothing is written at run time but what must not be forgotten, and a heartbeat in the temporary folder.
ENV LEARNING_CITIES_DATA=/opt/facts \
    LEARNING_CITIES_STATE=/state \
    PYTHAINLP_READ_ONLY=1 \
    PYTHAINLP_OFFLINE=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
VOLUME /state
USER 65532:65532
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/opt/bot/bin/learning-cities-bot", "health"]
ENTRYPOINT ["/opt/bot/bin/learning-cities-bot"]
