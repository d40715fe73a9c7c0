# syntax=docker/dockerfile:1
# Three stages: the page, the program with its locked dependencies, and the two together without any tool.

FROM node:24-slim AS page
WORKDIR /build/web
COPY web/package.json web/package-lock.json ./
RUN npm ci
COPY web ./
RUN npm run build

FROM python:3.12-slim AS program
RUN pip install --no-cache-dir 'uv>=0.9,<1'
ENV UV_PROJECT_ENVIRONMENT=/opt/daybeat UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
WORKDIR /build
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-default-groups --no-install-project
COPY scripts/build_page.py scripts/
COPY src src
COPY --from=page /build/src/daybeat/page src/daybeat/page
RUN uv sync --frozen --no-default-groups --no-editable

FROM python:3.12-slim
# Mosquitto is the MQTT broker of a Daybeat that is alone; separate services have one of their own.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends mosquitto \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin daybeat \
    && install --directory --owner=daybeat --group=daybeat --mode=700 /data
COPY --from=program /opt/daybeat /opt/daybeat
# Every process is alone in its container, so all of them can have the same port.
ENV PATH=/opt/daybeat/bin:$PATH PYTHONUNBUFFERED=1 \
    DAYBEAT_HOST=0.0.0.0 DAYBEAT_PORT=8000 DAYBEAT_MQTT_PORT=1883 DAYBEAT_DATA_DIR=/data
USER daybeat
WORKDIR /home/daybeat
VOLUME /data
EXPOSE 8000 1883
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["daybeat"]
CMD ["serve"]
