"""The forms of an account. Labels and help are ours; what is checked, allauth checks."""

from allauth.account.forms import (
    AddEmailForm as BaseAddEmailForm,
)
from allauth.account.forms import (
    ChangePasswordForm as BaseChangePasswordForm,
)
from allauth.account.forms import (
    LoginForm as BaseLoginForm,
)
from allauth.account.forms import (
    ReauthenticateForm as BaseReauthenticateForm,
)
from allauth.account.forms import (
    ResetPasswordForm as BaseResetPasswordForm,
)
from allauth.account.forms import (
    ResetPasswordKeyForm as BaseResetPasswordKeyForm,
)
from allauth.account.forms import (
    SetPasswordForm as BaseSetPasswordForm,
)
from allauth.account.forms import (
    SignupForm as BaseSignupForm,
)
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseMfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import CREDITS, User
from cms.accounts.services import save_profile
from cms.core.fields import LanguagesFormField
from cms.core.languages import open_language_codes
from cms.core.visible_text import one_line

EMAIL_LABEL = _("E-mail address")
NEW_PASSWORD_HELP = _("At least 10 characters, not too common, not like your name.")


class Labelled:
    """Gives fields our labels and help, and takes placeholders away: a label stays readable, they do not."""

    labels: dict = {}
    helps: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, form_field in self.fields.items():
            form_field.widget.attrs.pop("placeholder", None)
            if name in self.labels:
                form_field.label = self.labels[name]
            if name in self.helps:
                form_field.help_text = self.helps[name]


class LoginForm(Labelled, BaseLoginForm):
    labels = {
        "login": _("E-mail address or user name"),
        "password": _("Password"),
        "remember": _("Stay logged in on this device"),
    }
    helps = {"password": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def user_credentials(self) -> dict:
        """One way to look for the account, so that one password is checked whether it exists or not.

        User names hold no `@`; trying an address as a name too would take twice as long for those that exist.
        """
        login = self.cleaned_data["login"]
        kind = "email" if "@" in login else "username"
        return {kind: login, "password": self.cleaned_data["password"]}


class NameFormField(forms.CharField):
    """A name that others see."""

    def to_python(self, value):
        return one_line(super().to_python(value))


class SignupForm(Labelled, BaseSignupForm):
    display_name = NameFormField(
        label=_("Your name, as others see it"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    languages_read = LanguagesFormField(label=_("Languages you read"))
    languages_written = LanguagesFormField(label=_("Languages you write"))
    field_order = [
        "display_name",
        "email",
        "username",
        "password1",
        "password2",
        "languages_read",
        "languages_written",
    ]
    labels = {
        "email": EMAIL_LABEL,
        "username": _("User name"),
        "password1": _("Password"),
        "password2": _("The password again"),
    }
    helps = {
        "email": _("Only for logging in and for mails you ask for. Nobody else sees it."),
        "username": _("A short name for logging in: letters, digits, dots, hyphens. Nobody else sees it."),
        "password1": NEW_PASSWORD_HELP,
    }

    def try_save(self, request):
        """Takes as long for a known address as for a new one, and answers the same."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:  # the same address a moment ago, in another request
            self.account_already_exists = True
            return super().try_save(request)

    def signup(self, request, user):
        save_profile(
            user,
            display_name=self.cleaned_data["display_name"],
            languages_read=self.cleaned_data["languages_read"],
            languages_written=self.cleaned_data["languages_written"],
            interface_language=translation.get_language(),
        )


class ProfileForm(forms.ModelForm):
    display_name = NameFormField(
        label=_("Your name, as others see it"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    languages_read = LanguagesFormField(label=_("Languages you read"))
    languages_written = LanguagesFormField(label=_("Languages you write"))
    interface_language = forms.ChoiceField(
        label=_("Language of the site and of mails to you"),
        help_text=_("You can still read any page in any of its languages."),
    )

    class Meta:
        model = User
        fields = [
            "display_name",
            "languages_read",
            "languages_written",
            "interface_language",
            "credit_after_closing",
        ]
        help_texts = {"credit_after_closing": _("What was published stays, for others have built on it.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["interface_language"].choices = [
            (code, settings.LANGUAGE_NAMES[code]) for code in open_language_codes()
        ]
        self.fields["credit_after_closing"].required = False
        if not self.instance.interface_language:
            self.initial["interface_language"] = translation.get_language()

    def clean_credit_after_closing(self) -> str:
        return self.cleaned_data["credit_after_closing"] or self.instance.credit_after_closing

    def save(self, commit=True):
        save_profile(self.instance, **self.cleaned_data)
        return self.instance


class ClosingForm(forms.Form):
    """What becomes of what somebody wrote, by the apps that keep it; and the password, asked again."""

    credit = forms.ChoiceField(
        label=_("Credit my texts in the library to"),
        choices=CREDITS,
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, parts=(), **kwargs):
        super().__init__(*args, **kwargs)
        asked = {part.code: part for part in parts if part.choices}
        for code, part in asked.items():
            self.fields[f"part-{code}"] = forms.ChoiceField(
                label=part.question,
                choices=part.choices,
                initial=part.chosen(""),
                widget=forms.RadioSelect,
            )
        self.codes = list(asked)
        self.order_fields(["credit", *(f"part-{code}" for code in asked), "password"])

    def chosen(self) -> dict[str, str]:
        """By the code of a part."""
        return {code: self.cleaned_data[f"part-{code}"] for code in self.codes}


class AddEmailForm(Labelled, BaseAddEmailForm):
    labels = {"email": _("Another e-mail address")}


class ResetPasswordForm(Labelled, BaseResetPasswordForm):
    labels = {"email": EMAIL_LABEL}


class NewPassword(Labelled):
    labels = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("The new password again"),
    }
    helps = {"oldpassword": "", "password1": NEW_PASSWORD_HELP}


class ChangePasswordForm(NewPassword, BaseChangePasswordForm):
    pass


class SetPasswordForm(NewPassword, BaseSetPasswordForm):
    pass


class ResetPasswordKeyForm(NewPassword, BaseResetPasswordKeyForm):
    pass


class ReauthenticateForm(Labelled, BaseReauthenticateForm):
    labels = {"password": _("Your password")}
    helps = {"password": ""}


class Code(Labelled):
    labels = {"code": _("Code")}
    helps = {"code": _("The six digits your app shows, or one of your recovery codes.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"autocomplete": "one-time-code", "inputmode": "numeric"})


class AuthenticateForm(Code, BaseAuthenticateForm):
    pass


class MfaReauthenticateForm(Code, BaseMfaReauthenticateForm):
    pass


class ActivateTOTPForm(Code, BaseActivateTOTPForm):
    helps = {"code": _("The six digits your app shows now.")}
