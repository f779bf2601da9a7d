"""A pathway behind HTTP: the same cases and answers as `pathwaylang.runtime`, as JSON.

A `Pathway` comes in, and perhaps a function that makes the clinician's page; a FastAPI application
comes out, with OpenAPI from the pathway's own model. Endpoints are plain functions, which the
framework runs in threads; a pathway is immutable and may be shared between them.

INVARIANT: nothing of a case is stored, logged or put into an address.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel

from pathwaylang.runtime import Answer, AnswerJson, Change, Pathway, RequestItem

MOST_BODY_BYTES = 4 * 1024 * 1024
"""A case is a few kilobytes; what is larger is none."""

LIMITS = (
    "Information for professionals: the logic is proved, the medicine is not. No medical device."
)


def make_app(
    pathway: Pathway, today: Callable[[], str], page: Callable[[], str] | None = None
) -> FastAPI:
    """Return the application.

    `today` gives the day of a question, as `2026-11-24`, for values that are valid for some days;
    `page` makes what `GET /` shows, once and when first asked.
    """
    info = pathway.info
    about = f"{info.title}. Status: {info.status}. Source {info.source_hash}. {LIMITS}"
    app = FastAPI(title=info.name, version=info.version, description=about)
    app.middleware("http")(_refuse_large)
    shown: list[str] = []

    def answer(case: BaseModel, stage: str | None) -> Answer:
        return pathway.evaluate(pathway.case(case, on=today()), _known(pathway, stage))

    def describe() -> dict[str, object]:
        """Return which pathway answers, and its stages with their tracks."""
        stages = {stage: pathway.tracks(stage) for stage in pathway.stages}
        return {"pathway": info, "stages": stages, "limits": LIMITS}

    def evaluate(case: Any, stage: str | None = None) -> AnswerJson:
        """Answer a case; facts that are left out are not yet recorded."""
        return answer(case, stage).plain()

    def next_question(case: Any, stage: str | None = None) -> RequestItem | None:
        """Return what to ask or obtain next; null where nothing can change the answer."""
        return pathway.next_question(pathway.case(case, on=today()), _known(pathway, stage))

    def sensitivity(fact: str, case: Any, stage: str | None = None) -> tuple[Change, ...]:
        """Return the values of a fact that would change the answer."""
        if fact not in {found.name for found in pathway.facts}:
            raise HTTPException(404, f"there is no fact `{fact}`")
        return answer(case, stage).sensitivity(fact)

    def home() -> HTMLResponse:
        if page is not None and not shown:
            shown.append(page())
        return HTMLResponse(shown[0] if shown else '<p><a href="docs">The interface</a></p>')

    for endpoint in (evaluate, next_question, sensitivity):
        endpoint.__annotations__["case"] = pathway.model
    app.get("/pathway")(describe)
    app.post("/evaluate")(evaluate)
    app.post("/next-question")(next_question)
    app.post("/sensitivity/{fact}")(sensitivity)
    app.get("/", include_in_schema=False)(home)
    return app


def _known(pathway: Pathway, stage: str | None) -> str | None:
    if stage is not None and stage not in pathway.stages:
        raise HTTPException(404, f"there is no stage `{stage}`; there are {list(pathway.stages)}")
    return stage


async def _refuse_large(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    """Refuse a body that is no case before it is read."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
        return JSONResponse({"detail": "the body is too large for a case"}, 413)
    return await call_next(request)
