"""The application for another WSGI server than that of `mexile serve`, which alone has bounds for slow clients."""

from mexile.app import create_app
from mexile.ground import running

app = create_app()
running.begin(app.config["MEXILE"].home)
