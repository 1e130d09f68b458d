"""Elasticsearch, through its own client: 9, or 8 where the client installed is of that major."""

from typing import Any

import elastic_transport
import elasticsearch

from search.backends.server import ServerAway, ServerBackend, raise_for

if elasticsearch.VERSION[0] >= 9:
    from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchBackend as LibraryBackend
else:
    from modelsearch.backends.elasticsearch8 import Elasticsearch8SearchBackend as LibraryBackend


class ElasticsearchBackend(ServerBackend, LibraryBackend):
    name = "elasticsearch"

    def perform(self, method: str, path: str, body: Any, content_type: str, timeout: float) -> Any:
        headers = {"accept": "application/json"} | (
            {"content-type": content_type} if body is not None else {}
        )
        client = self.es.options(request_timeout=timeout)
        try:
            return client.perform_request(method, path, headers=headers, body=body).body
        except elasticsearch.ApiError as error:
            raise_for(error.status_code, str(error)[:500])
        except (elastic_transport.TransportError, elasticsearch.UnsupportedProductError) as error:
            raise ServerAway(type(error).__name__) from error


SearchBackend = ElasticsearchBackend
