"""``matcher config``: what took effect."""

from __future__ import annotations

from api.cli.options import Data, Database, settings_for
from matcher.cli.desk import Desk, plain
from matcher.cli.options import Lang, Language


def config_command(data: Data = None, database: Database = None, lang: Language = Lang.ZH) -> int:
    """Print every setting as it took effect; nothing is opened or made."""
    from api.config import effective

    settings = settings_for(data, database)
    desk = Desk(lang.value)
    for name, value in effective(settings).items():
        desk.out.print(plain(f"{name}={value}"), soft_wrap=True)
    return 0
