"""Lecture videos from a face, a voice and a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.bootstrap import Services
    from config import Settings

__version__ = "0.1.0"


def create_app(settings: Settings, services: Services | None = None) -> Flask:
    """Build the web application; it opens no model and no file but the job store.

    Args:
        services: Stand-ins for tests; the real ones when left out.
    """
    # Imported here, so that ``import app.lecture`` in a worker brings no web framework.
    from flask import Flask

    from app import bootstrap
    from app.web import browsers, duix, interviewer, lms, request_counts, studio, v1
    from app.web.proxies import TrustedProxies
    from app.web.request import Request
    from app.web.route import Route

    app = Flask("videolecture", static_folder=None)
    app.request_class = Request
    app.url_rule_class = Route
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # an answer without an envelope
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.server.max_json_bytes
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # it would redirect
    app.extensions["videolecture"] = services or bootstrap.services(settings)
    app.register_blueprint(lms.blueprint)
    app.register_blueprint(v1.blueprint)
    app.register_blueprint(interviewer.blueprint)
    app.register_blueprint(duix.blueprint)
    app.register_blueprint(studio.blueprint)
    browsers.protect(app, host=settings.server.host, hosts=settings.server.hosts)
    request_counts.watch(app)
    server = settings.server
    app.wsgi_app = TrustedProxies(app.wsgi_app, server.trusted_proxies, server.prefix)  # type: ignore[method-assign]  # Flask's own way
    return app
