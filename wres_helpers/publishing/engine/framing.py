"""Messages over a stream socket: each with its length in front."""

import struct

_LENGTH = struct.Struct("!I")


def framed(content: bytes) -> bytes:
    """Return a message with its length in front."""
    return _LENGTH.pack(len(content)) + content


def frames(received: bytearray) -> list[bytes]:
    """Take all whole messages out of what has been received and return them."""
    found = []
    while len(received) >= _LENGTH.size:
        end = _LENGTH.size + _LENGTH.unpack_from(received)[0]
        if len(received) < end:
            break
        found.append(bytes(received[_LENGTH.size : end]))
        del received[:end]
    return found
