from forum.services.editing import delete_post, edit_post, restore_post
from forum.services.marks import give_mark, take_mark
from forum.services.numbering import lock_topic, publish_held, recount_topic
from forum.services.posting import Posted, open_topic, reply
from forum.services.reading import follow_category, follow_topic, note_read
from forum.services.translating import delete_translation, publish_translation, translate_post

__all__ = [
    "Posted",
    "delete_post",
    "delete_translation",
    "edit_post",
    "follow_category",
    "follow_topic",
    "give_mark",
    "lock_topic",
    "note_read",
    "open_topic",
    "publish_held",
    "publish_translation",
    "recount_topic",
    "reply",
    "restore_post",
    "take_mark",
    "translate_post",
]
