"""Routes of the catalogue: rules, terms, codes, the empty workbook, and sample rounds."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from api.access.guard import Caller, allowed
from api.catalogue import schemas, service
from api.http import etags
from api.http.idempotency import Answer
from api.http.languages import language_of
from api.http.openapi import document_of
from api.rounds.uploads import WORKBOOK
from api.storage.canonical import canonical_json, digest_of
from matcher.round import Round

router = APIRouter(tags=["catalogue"])

Anybody = Annotated[Caller, allowed("catalogue.read")]
_WORKBOOK: dict[int | str, dict[str, Any]] = {200: {"content": {WORKBOOK: {}}}}


@router.get("/catalogue/rules", response_model=schemas.RulesHelp)
def list_rules(
    request: Request,
    _caller: Anybody,
    _known: etags.IfNoneMatch = None,
) -> Response:
    """List the screening and plan rules with their defaults, parameters and help."""
    return _unchanging(request, {"items": service.rules()})


@router.get("/catalogue/terms", response_model=schemas.RulesHelp)
def list_terms(
    request: Request,
    _caller: Anybody,
    _known: etags.IfNoneMatch = None,
) -> Response:
    """List the score terms with their weights, parameters and help."""
    return _unchanging(request, {"items": service.terms()})


@router.get("/catalogue/codes", response_model=schemas.CodeLists)
def list_codes(
    request: Request,
    _caller: Anybody,
    _known: etags.IfNoneMatch = None,
) -> Response:
    """List all codes with their names in both languages."""
    return _unchanging(request, {"items": service.code_lists()})


@router.get("/templates/round.xlsx", response_class=Response, responses=_WORKBOOK)
def get_template(request: Request, _caller: Anybody) -> Response:
    """Give the empty workbook of a round, in the language asked for."""
    headers = {"Content-Disposition": 'attachment; filename="round.xlsx"'}
    return Response(service.template(language_of(request)), media_type=WORKBOOK, headers=headers)


@router.get("/demos", response_model=schemas.Demos)
def list_demos(
    request: Request,
    _caller: Anybody,
    _known: etags.IfNoneMatch = None,
) -> Response:
    """List the sample rounds; everybody in them is invented."""
    return _unchanging(request, {"items": service.demo_heads()})


@router.get("/demos/{name}", responses=document_of(Round))
def get_demo(
    request: Request,
    name: str,
    _caller: Anybody,
    _known: etags.IfNoneMatch = None,
) -> Response:
    """Give a sample as a `round/1` document, to be stored as a round of one's own."""
    return _unchanging(request, service.demo(name))


def _unchanging(request: Request, document: dict[str, Any]) -> Response:
    headers = {"ETag": etags.tag(digest_of(canonical_json(document)), "catalogue")}
    if etags.is_known(request, headers["ETag"]):
        return Answer(304, headers=headers).response()
    return Answer(200, document, headers).response()
