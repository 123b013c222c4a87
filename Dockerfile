# The portal as one image: web server, worker, beat and migrations differ only in their command.
FROM python:3.11-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PCC_VAR=/data \
    STATIC_ROOT=/srv/static

WORKDIR /srv/portal
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY . .
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /data \
    && install -d -o portal -g portal /srv/static
USER portal

# The values are for this one step; nothing of them stays in the image.
RUN SECRET_KEY=build-only DATABASE_URL=postgres://build@localhost/build python manage.py collectstatic --noinput -v0

VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "pcc_portal.wsgi", "--workers", "3", "--threads", "4"]
