# One image for web server, worker and scheduler (see compose.yaml). How it is meant to be run, and what was
# tried of it: docs/operations.md.
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/ancrage
COPY pyproject.toml constraints.txt ./
# The list of what is needed is read from pyproject.toml: the project itself is not a package to install.
RUN python -m venv /opt/ancrage \
    && python -c "import tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
extras = project['optional-dependencies']; \
print('\n'.join([*project['dependencies'], *extras['s3'], *extras['elasticsearch'], *extras['opensearch']]))" > /tmp/requirements.txt \
    && /opt/ancrage/bin/pip install -c constraints.txt -r /tmp/requirements.txt
COPY . .
# Static files and compiled catalogues are part of the image; a throw-away secret is enough to make them.
RUN SECRET_KEY=build DJANGO_SETTINGS_MODULE=cms.settings.production \
    sh -c '/opt/ancrage/bin/python manage.py messages compile \
        && /opt/ancrage/bin/python manage.py collectstatic --no-input --verbosity 0'

FROM python:3.13-slim

ENV PATH=/opt/ancrage/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=cms.settings.production
RUN useradd --system --home-dir /srv/ancrage --uid 10001 ancrage
COPY --from=build /opt/ancrage /opt/ancrage
COPY --from=build --chown=ancrage:ancrage /srv/ancrage /srv/ancrage
WORKDIR /srv/ancrage
USER ancrage
# Uploads, and (without Redis and PostgreSQL) cache and database. Static files live beside them, in the image.
RUN mkdir -p var/media
VOLUME /srv/ancrage/var/media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", ".ci/answers.py", "http://127.0.0.1:8000/healthz"]
CMD ["python", "manage.py", "serve_web", "--host", "0.0.0.0", "--port", "8000"]
