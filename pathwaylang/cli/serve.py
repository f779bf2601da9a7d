"""`pathwaylang serve`: one pathway as a web service on this machine.

A pathway (source or compiled) comes in; the service runs until it is interrupted. It listens on the
own machine alone unless `--host` says otherwise, and logs nothing of a case.
"""

from __future__ import annotations

from html import escape

import click

from pathwaylang.cli.compiling import today
from pathwaylang.cli.running import open_pathway
from pathwaylang.cli.terminal import color_option, text_style

NEEDS = 'serve needs fastapi and uvicorn: pip install "pathwaylang[serve]"'


@click.command(
    "serve",
    epilog="""\b
Examples:
  pathwaylang serve chest_pain.pw
  pathwaylang serve build/chest_pain.json --port 9000
  curl -X POST localhost:8000/evaluate -H 'content-type: application/json' -d '{"severe": true}'""",
)
@click.argument("file", metavar="FILE")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@color_option
def command(file: str, host: str, port: int, color: str) -> int:
    """Serve a pathway over HTTP: cases in, answers out, and the clinician's page.

    FILE is a pathway or its compiled form. /docs shows the interface. There is no login and no
    encryption: outside your own machine put it behind a server that has both.
    """
    try:
        import uvicorn

        from pathwaylang.server.app import make_app
    except ImportError:
        raise click.UsageError(NEEDS) from None
    pathway = open_pathway(file, text_style(color))

    def page() -> str:
        from pathwaylang.render.page import page_text
        from pathwaylang.render.problems import RenderError

        try:
            return page_text(pathway.artifact)
        except RenderError as problem:
            return f"<p>{escape(str(problem))}</p>"

    click.echo(f"{pathway.info.name}: http://{host}:{port}/ (Ctrl-C ends)", err=True)
    uvicorn.run(make_app(pathway, today, page), host=host, port=port, log_level="warning")
    return 0
