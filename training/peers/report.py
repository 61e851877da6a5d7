"""What the processes say to `emend bench engine`: one JSON object a line on standard output."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def say(**values) -> None:
    print(json.dumps(values), flush=True)


@contextmanager
def missing_is_said() -> Iterator[None]:
    """A package that is not installed is an answer, not a failure."""
    try:
        yield
    except ModuleNotFoundError as error:
        say(missing=(error.name or str(error)).split(".")[0])
        sys.exit(0)
