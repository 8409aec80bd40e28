"""What the change stream stores: versions only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from offenraum.kit.datamap import Basis, Data, DataMap, Keep, Who

VERSIONS = Data(_("To keep screens up to date"), Basis.NOTHING_PERSONAL, Keep.CONFERENCE, Who.PUBLIC)

DATAMAP: DataMap = {"StreamVersion": {"scope topic shard epoch version": VERSIONS}}
