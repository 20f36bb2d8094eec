"""Every command with its handler and capability: the table of contents of the product.

Handlers declare themselves (`@command`). This module imports every module of `write`, so that none can be forgotten.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType
from typing import Final

import backend.write
from backend.write.command import DECLARED, Handled

COMMANDS: Final[Mapping[type, Handled]] = MappingProxyType(DECLARED)

# After `COMMANDS` is there, because `execute` is among the modules and asks for it.
for _module in walk_packages(backend.write.__path__, "backend.write."):
    import_module(_module.name)
