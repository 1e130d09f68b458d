from forum.services.editing import edit_post
from forum.services.marks import give_mark, take_mark
from forum.services.numbering import lock_topic, publish_held, recount_topic
from forum.services.posting import Posted, open_topic, reply
from forum.services.reading import follow_category, follow_topic, mark_all_read, note_read, save_settings
from forum.services.removing import delete_post, restore_post
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
    "mark_all_read",
    "note_read",
    "open_topic",
    "publish_held",
    "publish_translation",
    "recount_topic",
    "reply",
    "restore_post",
    "save_settings",
    "take_mark",
    "translate_post",
]
