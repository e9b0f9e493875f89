"""How much a run does: all of it, or with --quick a little, to see that every scenario works."""

quick = False
QUICK_SHARE = 20


def rounds(count):
    return 1 if quick else count


def seconds(count):
    """Of load under the clients: whole seconds."""
    return 1 if quick else count


def count(number):
    """Requests, connections, reads."""
    return number // QUICK_SHARE if quick else number
