"""A mail server that answers as the test says."""

from typing import ClassVar

from django.core.mail.backends.base import BaseEmailBackend


class ScriptedServer(BaseEmailBackend):
    """`opening` and `sending` hold what the next calls raise (None: all is well; empty: for ever)."""

    opening: ClassVar[list] = []
    sending: ClassVar[list] = []
    taken: ClassVar[list] = []  # the messages

    @classmethod
    def forget(cls) -> None:
        for each in (cls.opening, cls.sending, cls.taken):
            each.clear()

    def open(self):
        self.answer(self.opening)
        return True

    def send_messages(self, messages):
        self.answer(self.sending)
        self.taken.extend(messages)
        return len(messages)

    @staticmethod
    def answer(script):
        error = script.pop(0) if script else None
        if error:
            raise error
