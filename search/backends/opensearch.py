"""OpenSearch 2 and 3, through its own client."""

from typing import Any

import opensearchpy
from modelsearch.backends.opensearch3 import OpenSearch3SearchBackend

from search.backends.server import ServerAway, ServerBackend, raise_for


class OpenSearchBackend(ServerBackend, OpenSearch3SearchBackend):
    name = "opensearch"

    def perform(self, method: str, path: str, body: Any, content_type: str, timeout: float) -> Any:
        headers = {"content-type": content_type}
        params = {"request_timeout": timeout}
        try:
            return self.es.transport.perform_request(method, path, headers=headers, params=params, body=body)
        except (opensearchpy.ConnectionError, opensearchpy.SerializationError) as error:
            raise ServerAway(type(error).__name__) from error
        except opensearchpy.TransportError as error:
            raise_for(int(error.status_code), f"{error.error}: {error.info}"[:500])


SearchBackend = OpenSearchBackend
