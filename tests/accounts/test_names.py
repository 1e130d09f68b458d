"""Names that others see can be seen, and turn nothing that stands beside them."""

import pytest
from django.core.exceptions import ValidationError

from cms.accounts.forms import ProfileForm, SignupForm


@pytest.mark.parametrize("form", [ProfileForm, SignupForm])
def test_a_name_can_be_seen(form):
    field = form.base_fields["display_name"]
    assert field.clean(" Ana\u202e\x07 Torres ") == "Ana Torres"
    for unseen in ("\u200b\u2060", "\u3164"):
        with pytest.raises(ValidationError):
            field.clean(unseen)
