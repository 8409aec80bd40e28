"""The versions behind the stream: one row for each topic, raised in the transaction of each change."""

from __future__ import annotations

from django.db import models


class StreamVersion(models.Model):
    """How often a topic of a conference has changed; a busy one has several rows, so that writers do not queue."""

    scope = models.CharField(max_length=80)
    topic = models.CharField(max_length=80)
    shard = models.PositiveSmallIntegerField(default=0)
    epoch = models.BigIntegerField()
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "topic", "shard"], name="one_version_per_topic")]

    def __str__(self) -> str:
        return f"{self.scope} {self.topic} {self.epoch:x}-{self.version:x}"
