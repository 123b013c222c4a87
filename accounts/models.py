from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from records.enums import MailChoice

from .enums import IdentifierScheme, NameKind, OrganisationKind, RoleName


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address; kept for Django's own commands."""

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person; what they may do comes from memberships, never from Django's permissions."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=150)
    telephone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)
    mail_choice = models.CharField(max_length=6, choices=MailChoice, default=MailChoice.DAILY)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    class PersonalData:
        fields = ["email", "full_name", "telephone", "password", "last_login"]

    def __str__(self):
        return self.full_name or self.email

    def get_full_name(self):
        return self.full_name

    def get_absolute_url(self):
        return f"/people/{self.pk}/"


class OrganisationQuerySet(models.QuerySet):
    def in_service(self):
        return self.filter(closed_on__isnull=True)

    def of_user(self, user):
        """Organisations the person belongs to now, and those they are accountable for."""
        ids = user.memberships.filter(ended_at__isnull=True).values("organisation_id")
        return self.filter(Q(pk__in=ids) | Q(accountable_body_id__in=ids))


class Organisation(models.Model):
    """A body the office deals with; a partnership is paid through its accountable body."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=OrganisationKind)
    areas = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    accountable_body = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="accountable_for")
    public_address_hidden = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="organisation_name_any_case"),
            models.CheckConstraint(
                condition=Q(accountable_body__isnull=True) | ~Q(accountable_body=F("id")),
                name="organisation_not_own_accountable_body",
            ),
        ]

    class PersonalData:
        fields = ["note"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"/organisations/{self.key}/"

    @property
    def is_office(self):
        return self.kind == OrganisationKind.OFFICE

    @property
    def payee(self):
        """The body that is paid: the accountable body of a partnership, else itself."""
        return self.accountable_body or self


class OrganisationName(models.Model):
    """Another name of an organisation: an alias, or a former name with its dates."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=NameKind)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("organisation", Lower("name"), name="other_name_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return self.name


class OrganisationIdentifier(models.Model):
    """A registration number, kept as text with its leading zeros."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=10, choices=IdentifierScheme)
    number = models.CharField(max_length=40)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="identifier_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.scheme}-{self.number}"


class OrganisationSuccession(models.Model):
    """One organisation followed by another: a merger, a split, a successor to the office."""

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="predecessions")
    on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once")]

    class PersonalData:
        fields = []

    def __str__(self):
        return f"{self.predecessor} followed by {self.successor}"


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at__isnull=True, user__is_active=True)


class Membership(models.Model):
    """A person's role in an organisation, from one moment to another."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=RoleName)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_at__isnull=True),
                name="membership_once_current",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="membership_in_order",
            ),
        ]

    class PersonalData:
        fields = ["user"]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"


class InvitationQuerySet(models.QuerySet):
    def waiting(self, at):
        """Neither answered nor withdrawn nor run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)

    def unanswered(self):
        """Neither answered nor withdrawn; some may have run out."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


class Invitation(models.Model):
    """An invitation to join an organisation in a role; the token is kept only as its hash."""

    email = models.EmailField()
    full_name = models.CharField(max_length=150)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30, choices=RoleName)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_pair",
            )
        ]

    class PersonalData:
        fields = ["email", "full_name"]

    def __str__(self):
        return f"{self.email} to {self.organisation}"


class CalendarFeed(models.Model):
    """A private calendar address of one person; only a hash of it is kept, and it can be revoked."""

    person = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="calendar_feed_one_in_use"
            )
        ]

    class PersonalData:
        fields = ["person", "token_hash", "last_read_at"]

    def __str__(self):
        return f"Calendar feed of {self.person}"
