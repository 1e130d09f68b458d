"""What follows when an account is deleted, whatever screen or command it came from."""

from cms.accounts.leaving import see_to_what_they_wrote


def on_account_deleted(sender, instance, **kwargs) -> None:
    # Before the rows lose their author: afterwards nothing says whose they were.
    see_to_what_they_wrote(instance)
