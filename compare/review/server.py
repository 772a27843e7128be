"""The desk on the loopback address: one page, a few requests, nothing served or written outside the work's folder.

The address that is opened holds a token that serves once: it is exchanged for a cookie that no script reads and no
other site sends. Every request must name this host, and one that changes something must come from its own page.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from compare.review.desk import Conflict, Desk
from compare.write import html

#: No request that is ours is longer, in bytes.
_LIMIT = 1_000_000
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def app(desk: Desk, port: int, token: str) -> Starlette:
    """Make the application. `token` opens it once."""
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
    cookie, session = f"hexapla-{port}", secrets.token_urlsafe(32)
    left = [token]

    def refused(request: Request, *, changes: bool) -> Response | None:
        host = request.headers.get("host", "")
        if host not in hosts:
            return PlainTextResponse("not this host", 421)
        if not secrets.compare_digest(request.cookies.get(cookie, "").encode(), session.encode()):
            return PlainTextResponse("open the address that hexapla review printed; it works once", 403)
        if changes and request.headers.get("origin") != f"http://{host}":
            return PlainTextResponse("not from this page", 403)
        return None

    def home(request: Request) -> Response:
        given = request.query_params.get("token")
        if given is not None and request.headers.get("host", "") in hosts:
            if left and secrets.compare_digest(given.encode(), left[0].encode()):
                left.clear()
                answer = RedirectResponse("/", 303)
                answer.set_cookie(cookie, session, httponly=True, samesite="strict", path="/")
                return answer
            if refused(request, changes=False) is None:  # a reload of the address with the used token
                return RedirectResponse("/", 303)
        return refused(request, changes=False) or Response(
            html.served(desk.report, desk.sentences(), desk.page), media_type="text/html; charset=utf-8"
        )

    def state(request: Request) -> Response:
        return refused(request, changes=False) or JSONResponse(desk.state())

    def cell(request: Request) -> Response:
        asked = request.query_params
        try:
            return refused(request, changes=False) or JSONResponse(
                {"text": desk.cell(asked.get("version", ""), int(asked.get("row", "0")))}
            )
        except (Conflict, ValueError) as conflict:
            return JSONResponse({"conflict": str(conflict)}, 409)

    def shown(request: Request) -> Response:
        return refused(request, changes=False) or JSONResponse(desk.shown())

    def variants(request: Request) -> Response:
        return refused(request, changes=False) or JSONResponse(desk.variants())

    ways: dict[str, Callable[[Any], None]] = {
        "decide": lambda sent: desk.decide([str(id) for id in sent["ids"]], str(sent["verdict"]), str(sent["reason"])),
        "edit": lambda sent: desk.edit(str(sent["version"]), int(sent["row"]), str(sent["old"]), str(sent["new"])),
        "mend": lambda sent: desk.mend(str(sent["mend"]), int(sent["column"]), int(sent["sentence"])),
        "undo": lambda _: desk.undo(),
        "redo": lambda _: desk.redo(),
    }

    async def act(request: Request) -> Response:
        if (no := refused(request, changes=True)) is not None:
            return no
        way = ways.get(request.path_params["way"])
        if way is None:
            return PlainTextResponse("there is nothing of that name", 404)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LIMIT:
                return PlainTextResponse("too long", 413)
        try:
            await run_in_threadpool(way, json.loads(bytes(body) or b"{}"))
        except Conflict as conflict:
            return JSONResponse({"conflict": str(conflict)}, 409)
        except (ValueError, KeyError, TypeError) as trouble:
            return JSONResponse({"conflict": f"not understood: {trouble}"}, 400)
        except OSError as trouble:
            return JSONResponse({"conflict": f"not saved: {trouble.strerror or trouble}"}, 507)
        return JSONResponse(await run_in_threadpool(desk.state))

    routes = [
        Route("/", home),
        Route("/state", state),
        Route("/shown", shown),
        Route("/cell", cell),
        Route("/variants", variants),
        Route("/do/{way}", act, methods=["POST"]),
    ]

    async def headed(request: Request, following: Any) -> Response:
        answer: Response = await following(request)
        answer.headers.update(HEADERS)
        return answer

    return Starlette(routes=routes, middleware=[Middleware(BaseHTTPMiddleware, dispatch=headed)])
