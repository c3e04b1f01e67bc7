# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY config ./config
RUN python -m venv /opt/dealbell && /opt/dealbell/bin/pip install --no-cache-dir .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin dealbell \
    && install -d -o dealbell -g dealbell -m 0750 /data
COPY --from=build /opt/dealbell /opt/dealbell
ENV PATH=/opt/dealbell/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DEALBELL_DATABASE=/data/dealbell.db
USER dealbell
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 CMD ["dealbell", "health"]
CMD ["dealbell", "run"]
