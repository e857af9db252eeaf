"""The timetable's lock: whoever places hours takes it before looking whether the time is free."""

from django.db import connection

KEY = int.from_bytes(b"hours")


def lock_timetable() -> None:
    """Wait for whoever places hours just now; held until the transaction ends, in which it has to be called.

    One lock for all of them: company, sites and teams overlap, so no row stands for everybody an hour may clash for.
    """
    # SQLite lets one transaction write at a time, and every one of ours begins as a writer.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
