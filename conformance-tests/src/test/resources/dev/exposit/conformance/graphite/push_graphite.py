"""Pushes an exposition as Python's Prometheus client does: push_graphite.py PORT PREFIX true|false, the exposition on
standard input, true for tags."""

import sys

from prometheus_client.bridge.graphite import GraphiteBridge
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import CollectorRegistry


class Exposition:
    def __init__(self, text):
        self.families = list(text_string_to_metric_families(text))

    def collect(self):
        return self.families


port, prefix, tags = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "true"
registry = CollectorRegistry()
registry.register(Exposition(sys.stdin.buffer.read().decode("utf-8")))
GraphiteBridge(("127.0.0.1", port), registry=registry, tags=tags).push(prefix=prefix)
