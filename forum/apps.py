from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

UNSHOWN = (
    "CategoryLevel",
    "DataExport",
    "Draft",
    "Mark",
    "Member",
    "PostVersion",
    "Reading",
    "Report",
    "ReviewItem",
    "Sanction",
    "StaffNote",
)


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = _("Forum")

    def ready(self):
        from cms.accounts.closing import register_part
        from cms.core.discussion import register_discussion
        from cms.core.page_cache.personal import register_personal_addresses
        from cms.core.page_cache.shown import register_unshown_columns, register_unshown_tables
        from cms.core.scheduling import register_tick
        from forum import telling
        from forum.discussing import discussion
        from forum.notices import tell_what_is_left
        from forum.services.drafts import remove_old_drafts
        from forum.services.erasing import closing_part
        from forum.services.exporting import tend_copies
        from forum.services.files import remove_unsent
        from forum.services.sanctioning import lift_what_is_over
        from forum.services.trusting import recount_due_trust

        register_discussion(discussion)
        # Under these, who is logged in sees more than others do, and when they have read it.
        register_personal_addresses(r"/[a-z]{2,3}(?:-[a-z]+)?/forum(?:/|\Z)")
        register_personal_addresses(r"/forum/")
        register_tick("forum: remove files that were never sent", remove_unsent)
        register_tick("forum: remove old drafts", remove_old_drafts)
        for name in UNSHOWN:
            register_unshown_tables(self.get_model(name)._meta.db_table)
        register_unshown_columns("forum_post", "told_version")
        register_tick("forum: tell what a lost job did not", tell_what_is_left)
        telling.register()
        register_part(closing_part())
        register_tick("forum: lift what is over", lift_what_is_over)
        register_tick("forum: count trust anew", recount_due_trust)
        register_tick("forum: tend copies of members' data", tend_copies)
