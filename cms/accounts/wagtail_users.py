"""Wagtail's screens for people with an account: our fields, no password, no superusers."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from cms.accounts.models import User
from cms.accounts.queries import user_with_address

FIELDS = ["username", "email", "display_name", "interface_language", "groups"]


class AccountFields(forms.ModelForm):
    # Wagtail's fields that we do not use ("Administrator" there means superuser).
    first_name = last_name = is_superuser = None
    display_name = forms.CharField(label=_("Display name"), max_length=80)
    interface_language = forms.ChoiceField(
        label=_("Interface language"), choices=[("", "–"), *settings.LANGUAGES], required=False
    )

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        holder = user_with_address(email)
        if holder is not None and holder.pk != self.instance.pk:
            raise forms.ValidationError(_("Another account has this address."))
        return email


class UserCreationForm(AccountFields, WagtailUserCreationForm):
    class Meta:
        model = User
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def save(self, commit=True):
        # Nobody knows the password before its owner chooses it, by the link in the invitation.
        self.instance.set_unusable_password()
        return super().save(commit)


class UserEditForm(AccountFields, WagtailUserEditForm):
    # Wagtail takes the field away when people edit themselves, so it must be there until then.
    is_superuser = forms.BooleanField(required=False)  # type: ignore[assignment]

    class Meta:
        model = User
        fields = [*FIELDS, "is_active"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)


class UserViewSet(WagtailUserViewSet):
    def get_form_class(self, for_update=False):
        return UserEditForm if for_update else UserCreationForm


class AccountView(WagtailAccountView):
    """The editor's own settings (theme, shortcuts, time zone). The name stands in the profile."""

    def get_panels(self):
        elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]
