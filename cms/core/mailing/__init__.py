"""Mail goes out from the background worker, is tried again with growing pauses, and never goes out twice.

Whoever has something to say hands it in within the transaction that makes it true:

    post_letter(Letter(to=…, subject=…, text=…), urgent=True)      the words as they are now
    post("wiki.digest", {"delivery": 12}, key="digest:12")         words found when it is sent

For the second an app registers a composer in `ready()`; it is asked at each try and answers a `Letter`, or None
where there is nothing to say any more. So what was hidden, read or deleted meanwhile does not go out, and no
text stands in the queue.

A mail is handed to the mail server once. Where that fails in a way that leaves no doubt (no connection, a
refusal), it is tried again; where nobody can say whether it arrived, it is not.
"""

from cms.core.mailing.composers import register_composer
from cms.core.mailing.letters import Letter, message_id, site_host
from cms.core.mailing.posting import Posted, post, post_all, post_letter

__all__ = [
    "Letter",
    "Posted",
    "message_id",
    "post",
    "post_all",
    "post_letter",
    "register_composer",
    "site_host",
]
