#!/bin/sh
# Usage: DAYBEAT_URL=http://127.0.0.1:8000 DAYBEAT_TOKEN=dbt_… sh curl.sh login '{"source": "cron"}'
set -eu
none='{}'
event=$(printf '{"event_id": "%s", "user_id": 101, "event_type": "%s", "timestamp": "%s", "metadata": %s}' \
    "$(cat /proc/sys/kernel/random/uuid)" "$1" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "${2:-$none}")

# Tried again, it is the same event: curl waits as long as Retry-After says.
curl -sS --fail-with-body --retry 5 --retry-connrefused \
    -H "Authorization: Bearer $DAYBEAT_TOKEN" -H 'Content-Type: application/json' \
    -d "$event" "$DAYBEAT_URL/api/v1/events/track"
