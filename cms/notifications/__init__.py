"""Tells people what happened: on the site, and by mail at once, daily or weekly. Knows no domain.

An app says what can happen by registering a `Kind` in `ready()`, and that it has happened by calling

    notify(recipients, "wiki-decided", about="page:12", event="revision:34", data={"title": …}, actor=editor)

within the transaction that made it true. All the rest is done here: who wants to be told, and how; bundling of
what is about the same thing; mails in the language of whoever reads them; the list on the site.
"""
