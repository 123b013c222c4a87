"""The least Celery can do to send letters: one task each over a kept connection, for bench_reminders to compare."""

import os
import smtplib
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from celery import Celery

app = Celery("bare_celery", broker=os.environ.get("REDIS_URL", "memory://"))
app.conf.task_ignore_result = True
line = None


@app.task(name="bare_celery.remind")
def remind(number):
    """Send one letter of the same length as ours; nothing is written down."""
    global line
    if line is None:
        line = smtplib.SMTP("127.0.0.1", int(os.environ["SINK_PORT"]))
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "H", "portal@example.org", f"p{number}@example.org"
    letter["Message-ID"], letter["Date"] = make_msgid(domain="example.org"), formatdate()
    letter.set_content("Words\n" * 20)
    line.send_message(letter)
