"""Give the application's own database role what it needs, and nothing more."""

from argparse import ArgumentParser

import environ
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

APPEND_ONLY = ("records_event",)


class Command(BaseCommand):
    """Run as the owner of the tables, after every migration."""

    help = "Grants the application's database role the right to read and write rows, but not to change history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The role, where it is not the one in the settings."""
        parser.add_argument("--role", default=settings.APP_DATABASE_ROLE)
        parser.add_argument("--create", action="store_true", help="make the role, with the password in DATABASE_URL")

    def handle(self, *, role: str, create: bool = False, **options: object) -> None:
        """Grant, then take back what would let the log be rewritten."""
        with transaction.atomic(), connection.cursor() as cursor:
            if create:
                create_role(cursor, role)
            cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
            owner, exists = cursor.fetchone()
            if role == owner or not exists:
                self.stdout.write(f"Nothing to grant: {role} is the owner itself or does not exist.")
                return
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = {name for (name,) in cursor.fetchall()}
            for statement in statements(role, owner, tables):
                cursor.execute(statement)
        if options.get("verbosity", 1):
            self.stdout.write(f"The role {role} may now use {len(tables)} tables.")


def create_role(cursor: CursorWrapper, role: str) -> None:
    """Make the role that may sign in and owns nothing; a later run renews its password."""
    password = environ.Env().db_url("DATABASE_URL")["PASSWORD"]
    cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
    verb = "ALTER" if cursor.fetchone()[0] else "CREATE"
    cursor.execute(f"{verb} ROLE {connection.ops.quote_name(role)} LOGIN PASSWORD %s", [password or None])


def statements(role: str, owner: str, tables: set[str]) -> list[str]:
    """The grants in order; today's tables and those of migrations to come."""
    role, owner = connection.ops.quote_name(role), connection.ops.quote_name(owner)
    rows, counters = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT"
    always = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT"
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT {rows} ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT {counters} ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"{always} {rows} ON TABLES TO {role}",
        f"{always} {counters} ON SEQUENCES TO {role}",
        *[
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {connection.ops.quote_name(table)} FROM {role}"
            for table in APPEND_ONLY
            if table in tables
        ],
    ]
