"""Pushes expositions as Python's Prometheus client does: push_graphite.py PORT.

Standard input has a JSON array of what to push, each over a connection of its own, in that order: objects with the text
of an exposition, the prefix, and whether labels become tags.
"""

import json
import sys

from prometheus_client.bridge.graphite import GraphiteBridge
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import CollectorRegistry


class Exposition:
    def __init__(self, text):
        self.families = list(text_string_to_metric_families(text))

    def collect(self):
        return self.families


for push in json.load(sys.stdin.buffer):
    registry = CollectorRegistry()
    registry.register(Exposition(push["exposition"]))
    address = ("127.0.0.1", int(sys.argv[1]))
    GraphiteBridge(address, registry=registry, tags=push["tags"]).push(prefix=push["prefix"])
