-- Statements the application's own database role must be refused (C4, ADR 0010).
-- Each begins with a line "-- what is tried => part of the answer"; names in braces are ids of the state in the test.

-- change the log => permission denied
UPDATE records_event SET reason = 'x'

-- thin out the log => permission denied
DELETE FROM records_event

-- empty the log => permission denied
TRUNCATE records_event

-- raise a decided sum => is never changed
UPDATE records_decision SET amount = amount + 1

-- turn a refusal round => never changed
UPDATE records_decision SET outcome = 'APPROVED' WHERE id = {declined}

-- delete a decision => never deleted
DELETE FROM records_decision WHERE id = {declined}

-- decide by another => never changed
UPDATE records_decision SET made_by_id = {officer}

-- offer a decision twice => offered once
UPDATE records_decision SET offered_at = now(), offered_by_id = {officer} WHERE id = {declined}

-- approve a project without a decision => decision
UPDATE grants_project SET status = 'APPROVED' WHERE id = {proposed}

-- approve a project by another's decision => one decision decides one project
UPDATE grants_project SET status = 'APPROVED', decision_id = {approval} WHERE id = {proposed}

-- approve a refused project => decided project never changes
UPDATE grants_project SET status = 'APPROVED', decision_id = {approval} WHERE id = {refused}

-- reopen an approved project => decided project never changes
UPDATE grants_project SET status = 'PROPOSED' WHERE id = {approved}

-- delete an approved project => never deleted
DELETE FROM grants_project WHERE id = {approved}

-- start with an approved project => starts proposed
INSERT INTO grants_project SELECT (p).* FROM (SELECT jsonb_populate_record(p, '{"id": 999999, "number": 99}')
AS p FROM grants_project p WHERE id = {approved}) AS copy

-- fund a refused project => no lawful approval
INSERT INTO grants_awardline (award_id, number, project_id, decision_id, "window", title, amount, added_at)
VALUES ({award}, 9, {refused}, {declined}, 'MAIN', 'x', 1, now())

-- fund a project nobody decided => approved no more than
INSERT INTO grants_awardline (award_id, number, project_id, decision_id, "window", title, amount, added_at)
VALUES ({award}, 9, {proposed}, {approval}, 'MAIN', 'x', 1, now())

-- fund a project by a decision of the officer => no lawful approval
WITH forged AS (INSERT INTO records_decision (reference, title, outcome, amount, made_at, made_by_id, post,
delegation_reference, purpose, reason, conditions, question, advice, cfo_comment, interests, is_key,
is_recorded, source) VALUES ('DN-X', 'x', 'APPROVED', 5, now(), {officer}, '', '', 'x', 'x', '', '', '', '',
'', false, false, '') RETURNING id) INSERT INTO grants_awardline (award_id, number, project_id, decision_id,
"window", title, amount, added_at) SELECT {award}, 9, {proposed}, id, 'MAIN', 'x', 5, now() FROM forged

-- raise an award line => never changes
UPDATE grants_awardline SET amount = amount * 2

-- delete an award line => never changes
DELETE FROM grants_awardline

-- raise an opened allocation => only shrinks
UPDATE grants_allocation SET amount = 1000000

-- raise an opened tactical pot => only shrinks
UPDATE grants_allocation SET tactical_amount = 30000

-- open an allocation again => stays as it was opened
UPDATE grants_allocation SET opened_amount = 99999

-- rewrite a movement => never changes
UPDATE grants_allocationmovement SET amount = 90000

-- pay another body => keeps its parties
UPDATE grants_award SET payee_id = {swale} WHERE id = {award}

-- skip the offer => cannot go from
UPDATE grants_award SET status = 'LIVE' WHERE id = {made_award}

-- live without acceptance => not accepted
UPDATE grants_award SET status = 'LIVE' WHERE id = {offered_award}

-- accept as an officer => authorised signatory
INSERT INTO grants_termsacceptance (award_id, terms_id, by_id, at, on_behalf_of_id, position) VALUES
({offered_award}, {terms}, {officer}, now(), {swale_council}, 'x')

-- forge an acceptance => never changes
UPDATE grants_termsacceptance SET award_id = {offered_award}

-- delete an acceptance => never changes
DELETE FROM grants_termsacceptance

-- end an award early, then revive it => cannot go
UPDATE grants_award SET status = 'MADE' WHERE id = {award}

-- release before acceptance => no such row meets
UPDATE grants_instalment SET status = 'RELEASED', released_at = now(), released_by_id = {finance},
condition_met_at = now(), condition_row_type = 'grants.TermsAcceptance', condition_row_id = {acceptance} WHERE
award_id = {offered_award} AND number = 1

-- release with no condition met => condition
UPDATE grants_instalment SET status = 'RELEASED', released_at = now(), released_by_id = {finance} WHERE id =
{second}

-- release on an invented return => no such row meets
UPDATE grants_instalment SET condition_met_at = now(), condition_row_type = 'monitoring.MonitoringReturn',
condition_row_id = 4711 WHERE id = {second}

-- release the second on the acceptance => no such row meets
UPDATE grants_instalment SET condition_met_at = now(), condition_row_type = 'grants.TermsAcceptance',
condition_row_id = {acceptance} WHERE id = {second}

-- make the condition an easier one => keeps its award and condition
UPDATE grants_instalment SET condition = 'TERMS_ACCEPTED' WHERE id = {second}

-- release by the commissioner => does not release
UPDATE grants_instalment SET status = 'RELEASED', released_at = now(), released_by_id = {pcc} WHERE id =
{first}

-- release by the officer who advised => does not release
UPDATE grants_instalment SET status = 'RELEASED', released_at = now(), released_by_id = {officer} WHERE id =
{first}

-- raise an instalment => stays as it was offered
UPDATE grants_instalment SET amount = amount + 1 WHERE id = {first}

-- pay without release => cannot go from
UPDATE grants_instalment SET status = 'PAID', paid_on = now()::date, paid_by_id = {finance} WHERE id = {first}

-- start with a released instalment => starts on the schedule
INSERT INTO grants_instalment (award_id, number, direction, amount, due_on, condition, condition_met_at,
condition_row_type, condition_row_id, status, held_reason, released_at, released_by_id, payment_reference)
VALUES ({award}, 9, 'OUT', 5, now()::date, 'TERMS_ACCEPTED', now(), 'grants.TermsAcceptance', {acceptance},
'RELEASED', '', now(), {finance}, '')

-- an instalment that pays no line => add up
INSERT INTO grants_instalment (award_id, number, direction, amount, due_on, condition, condition_row_type,
status, held_reason, payment_reference) VALUES ({award}, 9, 'OUT', 5, now()::date, 'TERMS_ACCEPTED', '',
'SCHEDULED', '', ''); SET CONSTRAINTS ALL IMMEDIATE

-- pay a line twice => not paid twice
INSERT INTO grants_instalmentline (instalment_id, award_line_id, amount) SELECT {second}, {tactical_line}, 1

-- repay what was never paid => no more comes back
INSERT INTO grants_instalment (award_id, number, direction, amount, due_on, condition, condition_row_type,
status, held_reason, payment_reference) VALUES ({award}, 9, 'IN', 5, now()::date, '', '', 'SCHEDULED', '', '')

-- pay a recorded award => recorded award never pays
INSERT INTO grants_instalment (award_id, number, direction, amount, due_on, condition, condition_row_type,
status, held_reason, payment_reference) VALUES ({recorded}, 1, 'OUT', 5, now()::date, 'TERMS_ACCEPTED', '',
'SCHEDULED', '', '')

-- un-record an award => stays
UPDATE grants_award SET is_recorded = false, status = 'MADE' WHERE id = {recorded}

-- pay from a forbidden source => purpose
UPDATE grants_awardsource SET funding_source_id = {victims} WHERE award_id = {award}

-- switch the guards off => must be owner
ALTER TABLE grants_instalment DISABLE TRIGGER ALL

-- switch replication on => permission denied
SET session_replication_role = replica

-- replace a guard => must be owner|permission denied
CREATE OR REPLACE FUNCTION grants_guard_line() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$
