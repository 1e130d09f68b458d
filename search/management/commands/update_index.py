from modelsearch.management.commands.rebuild_modelsearch_index import Command as RebuildCommand


class Command(RebuildCommand):
    help = "Builds the search index anew from the database. The search library's own command, under the name we document."
