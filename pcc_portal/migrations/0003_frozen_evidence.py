"""What a decision was taken on is frozen by the database itself (S2): neither content nor paper of a pack changes.

The PDF of the paper is drawn when it is first asked for, so that alone may still come, once.
"""

from django.db import migrations

CONTENT = """
CREATE FUNCTION pcc_portal_keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evidence as at % is frozen', OLD.as_at USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER pcc_portal_keep_evidence BEFORE UPDATE OR DELETE ON pcc_portal_evidencepack
    FOR EACH ROW EXECUTE FUNCTION pcc_portal_keep_evidence();
"""
NO_CONTENT = """
DROP TRIGGER pcc_portal_keep_evidence ON pcc_portal_evidencepack;
DROP FUNCTION pcc_portal_keep_evidence();
"""
PAPER = """
CREATE FUNCTION pcc_portal_keep_evidence_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'pdf' = to_jsonb(OLD) - 'pdf' AND OLD.pdf IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the evidence pack % is frozen', OLD.reference USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER pcc_portal_keep_evidence_paper BEFORE UPDATE OR DELETE ON records_paper
    FOR EACH ROW WHEN (OLD.kind = 'EVIDENCE_PACK') EXECUTE FUNCTION pcc_portal_keep_evidence_paper();
"""
NO_PAPER = """
DROP TRIGGER pcc_portal_keep_evidence_paper ON records_paper;
DROP FUNCTION pcc_portal_keep_evidence_paper();
"""


class Migration(migrations.Migration):
    dependencies = [("pcc_portal", "0002_evidence_packs")]

    operations = [
        migrations.RunSQL(CONTENT, NO_CONTENT),
        migrations.RunSQL(PAPER, NO_PAPER),
    ]
