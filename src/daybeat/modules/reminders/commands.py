"""What can be asked of reminders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePrompts:
    """Say when and where to be asked; `wanted` holds columns of prompt_settings. `zone` is where the user lives."""

    user_id: UUID
    zone: str
    wanted: Mapping[str, Any]
