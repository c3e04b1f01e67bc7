# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
# what is locked, with its hashes, and wheels alone: no package runs code while it is installed
RUN python -m venv /opt/dealbell && python -m venv /opt/build
RUN /opt/dealbell/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
RUN /opt/build/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY config ./config
RUN /opt/build/bin/pip wheel --no-build-isolation --no-deps --wheel-dir /wheels . \
    && /opt/dealbell/bin/pip install --no-cache-dir --no-deps --no-index /wheels/*.whl

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
