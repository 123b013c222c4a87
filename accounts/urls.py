from django.urls import path

from .views import contact, invitations, organisations, people

app_name = "accounts"
urlpatterns = [
    path("people/", people.people_list, name="people_list"),
    path("people/invite/", invitations.invitation_new, name="invitation_new"),
    path("people/invitations/", invitations.invitation_list, name="invitation_list"),
    path("people/invitations/<int:pk>/send-again/", invitations.invitation_resend, name="invitation_resend"),
    path("people/invitations/<int:pk>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("people/<int:pk>/", people.person_show, name="person_show"),
    path("people/<int:pk>/close/", people.person_close, name="person_close"),
    path("people/<int:pk>/second-step/", people.second_step_forget, name="second_step_forget"),
    path("people/<int:pk>/roles/", people.membership_start, name="membership_start"),
    path("people/roles/<int:pk>/end/", people.membership_end, name="membership_end"),
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("profile/", people.profile, name="profile"),
    path("profile/mail/", contact.mail_choice, name="mail_choice"),
    path("profile/calendar/", contact.calendar, name="calendar"),
    path("profile/calendar/make/", contact.calendar_make, name="calendar_make"),
    path("profile/calendar/revoke/", contact.calendar_revoke, name="calendar_revoke"),
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/add/", organisations.organisation_new, name="organisation_new"),
    path("organisations/<slug:key>/", organisations.organisation_show, name="organisation_show"),
    path("organisations/<slug:key>/edit/", organisations.organisation_edit, name="organisation_edit"),
]
