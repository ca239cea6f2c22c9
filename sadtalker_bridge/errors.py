"""What a bridge can tell its host about a failure."""


class BridgeError(Exception):
    """A failure with a code of the protocol and a message that a person can act on.

    The message names files by their name alone and never holds lecture text.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Cancelled(BaseException):
    """The host gave the job up.

    A ``BaseException``, so that an ``except Exception`` of the model cannot swallow it.
    """
