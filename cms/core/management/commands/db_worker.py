"""The package's worker, which first takes up what a killed one had begun."""

from django_tasks_db.management.commands import db_worker as packaged

from cms.core.abandoned import take_up_abandoned, worker_name


class Command(packaged.Command):
    help = (
        "Runs the jobs that wait: mail, search, translations, sizes of pictures. What a worker that was killed had "
        "begun is run again."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(worker_id=worker_name())

    def handle(self, *, worker_id: str, **options):
        take_up_abandoned(worker_id)
        super().handle(worker_id=worker_id, **options)
