"""Addresses below /api/v1, described by /api/v1/openapi.json."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from offenraum.api import problems
from offenraum.api.views import reading, writing

REFUSAL = {
    "description": "Refused", "content": {problems.PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
"""Also of lists, whose pages leave no room to say it where they are written."""


class Api(NinjaAPI):
    """What anybody may read, programs on other sites may read too."""

    def create_response(self, request: HttpRequest, data: Any, **values: Any) -> HttpResponse:
        answer: HttpResponse = super().create_response(request, data, **values)
        if request.method == "GET":
            answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    def get_openapi_schema(self, **values: Any) -> OpenAPISchema:
        """Refusals are described by the media type that they have."""
        schema = super().get_openapi_schema(**values)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status in (404, 422):
                    operation["responses"].setdefault(status, REFUSAL)
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "content" in answer:
                        answer["content"] = dict.fromkeys([problems.PROBLEM], *answer["content"].values())
        return schema


api = Api(
    title="Offenraum", version="1", urls_namespace="api", docs_url=None, docs_decorator=require_safe,
    description="Reading what is public, writing with a key of a conference. Refusals are problem+json (RFC 9457).",
)
api.add_router("", reading.router)
api.add_router("", writing.router)
problems.register(api)
urlpatterns, _app_name, _namespace = api.urls
