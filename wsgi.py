"""For gunicorn: `gunicorn wsgi:app`."""

from mexile.app import create_app

app = create_app()
