-- The ledger as its first version left it, with history: written by pg_dump, never to be changed.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA pipeline_ledger;
CREATE FUNCTION pipeline_ledger.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception using errcode = 'PL001',
    message = format('%s of %s is refused: history is only ever added to; record a new entry instead', tg_op, tg_table_name);
end
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE pipeline_ledger.deployment_outcomes (
    deployment bigint NOT NULL,
    entry uuid NOT NULL,
    outcome text NOT NULL,
    detail text,
    token bigint NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    CONSTRAINT deployment_outcomes_outcome_check CHECK ((outcome = ANY (ARRAY['succeeded'::text, 'undone'::text, 'rolled-back'::text, 'failed'::text])))
);
CREATE TABLE pipeline_ledger.deployment_steps (
    number bigint NOT NULL,
    entry uuid NOT NULL,
    deployment bigint NOT NULL,
    step text NOT NULL,
    phase text NOT NULL,
    detail text,
    token bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT deployment_steps_phase_check CHECK ((phase = ANY (ARRAY['started'::text, 'finished'::text, 'failed'::text, 'undone'::text])))
);
ALTER TABLE pipeline_ledger.deployment_steps ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pipeline_ledger.deployment_steps_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE pipeline_ledger.deployments (
    id bigint NOT NULL,
    entry uuid NOT NULL,
    environment text NOT NULL,
    digest text NOT NULL,
    colour text NOT NULL,
    kind text NOT NULL,
    requested_by text NOT NULL,
    reason text,
    token bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    CONSTRAINT deployments_colour_check CHECK ((colour = ANY (ARRAY['blue'::text, 'green'::text]))),
    CONSTRAINT deployments_kind_check CHECK ((kind = ANY (ARRAY['deploy'::text, 'rollback'::text])))
);
ALTER TABLE pipeline_ledger.deployments ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pipeline_ledger.deployments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE pipeline_ledger.gate_verdicts (
    number bigint NOT NULL,
    entry uuid NOT NULL,
    ordinal integer NOT NULL,
    deployment bigint NOT NULL,
    gate text NOT NULL,
    outcome text NOT NULL,
    detail text NOT NULL,
    token bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT gate_verdicts_outcome_check CHECK ((outcome = ANY (ARRAY['passed'::text, 'warned'::text, 'refused'::text])))
);
ALTER TABLE pipeline_ledger.gate_verdicts ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pipeline_ledger.gate_verdicts_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE pipeline_ledger.rehearsals (
    number bigint NOT NULL,
    entry uuid NOT NULL,
    digest text NOT NULL,
    environment text NOT NULL,
    "check" text NOT NULL,
    passed boolean NOT NULL,
    performed_by text NOT NULL,
    detail text NOT NULL,
    at timestamp with time zone NOT NULL
);
ALTER TABLE pipeline_ledger.rehearsals ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pipeline_ledger.rehearsals_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE pipeline_ledger.release_migrations (
    digest text NOT NULL,
    ordinal integer NOT NULL,
    id text NOT NULL,
    checksum text NOT NULL,
    backward_compatible boolean NOT NULL
);
CREATE TABLE pipeline_ledger.releases (
    digest text NOT NULL,
    number bigint NOT NULL,
    version text NOT NULL,
    commit text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    CONSTRAINT releases_digest_check CHECK ((digest ~ '^sha256:[0-9a-f]{64}$'::text))
);
ALTER TABLE pipeline_ledger.releases ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME pipeline_ledger.releases_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE pipeline_ledger.schema_versions (
    version integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone NOT NULL
);
INSERT INTO pipeline_ledger.deployment_outcomes VALUES (1, '00000000-0000-0000-0003-000000000001', 'rolled-back', '20 % of requests failed', 4, '2026-01-05 10:01:00+00');
INSERT INTO pipeline_ledger.deployment_outcomes VALUES (2, '00000000-0000-0000-0003-000000000002', 'succeeded', NULL, 9, '2026-01-06 10:01:00+00');
INSERT INTO pipeline_ledger.deployment_steps OVERRIDING SYSTEM VALUE VALUES (1, '00000000-0000-0000-0001-000000000001', 1, 'migrate', 'started', NULL, 4, '2026-01-05 10:00:02+00');
INSERT INTO pipeline_ledger.deployment_steps OVERRIDING SYSTEM VALUE VALUES (2, '00000000-0000-0000-0001-000000000002', 1, 'migrate', 'finished', '2 applied', 4, '2026-01-05 10:00:03+00');
INSERT INTO pipeline_ledger.deployment_steps OVERRIDING SYSTEM VALUE VALUES (3, '00000000-0000-0000-0001-000000000003', 1, 'switch', 'failed', 'the edge did not answer', 4, '2026-01-05 10:00:04+00');
INSERT INTO pipeline_ledger.deployments OVERRIDING SYSTEM VALUE VALUES (1, '00000000-0000-0000-0000-000000000001', 'production', 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'blue', 'deploy', 'ada@host', 'first', 4, '2026-01-05 10:00:01+00');
INSERT INTO pipeline_ledger.deployments OVERRIDING SYSTEM VALUE VALUES (2, '00000000-0000-0000-0000-000000000002', 'staging', 'sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'blue', 'deploy', 'ada@host', NULL, 9, '2026-01-06 10:00:01+00');
INSERT INTO pipeline_ledger.deployments OVERRIDING SYSTEM VALUE VALUES (3, '00000000-0000-0000-0000-000000000003', 'production', 'sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'green', 'rollback', 'bob@host', 'it''s broken; really', 12, '2026-01-04 10:00:01+00');
INSERT INTO pipeline_ledger.gate_verdicts OVERRIDING SYSTEM VALUE VALUES (1, '00000000-0000-0000-0002-000000000001', 0, 1, 'tests', 'passed', '12 of 12', 4, '2026-01-05 10:00:01+00');
INSERT INTO pipeline_ledger.gate_verdicts OVERRIDING SYSTEM VALUE VALUES (2, '00000000-0000-0000-0002-000000000001', 1, 1, 'window', 'warned', 'it is Monday', 4, '2026-01-05 10:00:01+00');
INSERT INTO pipeline_ledger.rehearsals OVERRIDING SYSTEM VALUE VALUES (1, '00000000-0000-0000-0004-000000000001', 'sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'staging', 'smoke', true, 'ada@host', '5 of 5', '2026-01-06 10:02:00+00');
INSERT INTO pipeline_ledger.release_migrations VALUES ('sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 0, '0001_start', '1111111111111111111111111111111111111111111111111111111111111111', true);
INSERT INTO pipeline_ledger.release_migrations VALUES ('sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 1, '0002_end', '2222222222222222222222222222222222222222222222222222222222222222', false);
INSERT INTO pipeline_ledger.releases OVERRIDING SYSTEM VALUE VALUES ('sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 1, '1.0.0', 'cccccccccccccccccccccccccccccccccccccccc', '2026-01-05 10:00:00+00');
INSERT INTO pipeline_ledger.releases OVERRIDING SYSTEM VALUE VALUES ('sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 2, '1.1.0', 'dddddddddddddddddddddddddddddddddddddddd', '2026-01-06 10:00:00+00');
INSERT INTO pipeline_ledger.schema_versions VALUES (1, '0001_history.sql', '2026-01-05 09:00:00+00');
SELECT pg_catalog.setval('pipeline_ledger.deployment_steps_number_seq', 3, true);
SELECT pg_catalog.setval('pipeline_ledger.deployments_id_seq', 3, true);
SELECT pg_catalog.setval('pipeline_ledger.gate_verdicts_number_seq', 2, true);
SELECT pg_catalog.setval('pipeline_ledger.rehearsals_number_seq', 1, true);
SELECT pg_catalog.setval('pipeline_ledger.releases_number_seq', 2, true);
ALTER TABLE ONLY pipeline_ledger.deployment_outcomes
    ADD CONSTRAINT deployment_outcomes_entry_key UNIQUE (entry);
ALTER TABLE ONLY pipeline_ledger.deployment_outcomes
    ADD CONSTRAINT deployment_outcomes_pkey PRIMARY KEY (deployment);
ALTER TABLE ONLY pipeline_ledger.deployment_steps
    ADD CONSTRAINT deployment_steps_entry_key UNIQUE (entry);
ALTER TABLE ONLY pipeline_ledger.deployment_steps
    ADD CONSTRAINT deployment_steps_pkey PRIMARY KEY (number);
ALTER TABLE ONLY pipeline_ledger.deployments
    ADD CONSTRAINT deployments_entry_key UNIQUE (entry);
ALTER TABLE ONLY pipeline_ledger.deployments
    ADD CONSTRAINT deployments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY pipeline_ledger.gate_verdicts
    ADD CONSTRAINT gate_verdicts_entry_ordinal_key UNIQUE (entry, ordinal);
ALTER TABLE ONLY pipeline_ledger.gate_verdicts
    ADD CONSTRAINT gate_verdicts_pkey PRIMARY KEY (number);
ALTER TABLE ONLY pipeline_ledger.rehearsals
    ADD CONSTRAINT rehearsals_entry_key UNIQUE (entry);
ALTER TABLE ONLY pipeline_ledger.rehearsals
    ADD CONSTRAINT rehearsals_pkey PRIMARY KEY (number);
ALTER TABLE ONLY pipeline_ledger.release_migrations
    ADD CONSTRAINT release_migrations_pkey PRIMARY KEY (digest, ordinal);
ALTER TABLE ONLY pipeline_ledger.releases
    ADD CONSTRAINT releases_number_key UNIQUE (number);
ALTER TABLE ONLY pipeline_ledger.releases
    ADD CONSTRAINT releases_pkey PRIMARY KEY (digest);
ALTER TABLE ONLY pipeline_ledger.schema_versions
    ADD CONSTRAINT schema_versions_pkey PRIMARY KEY (version);
CREATE INDEX deployment_steps_by_deployment ON pipeline_ledger.deployment_steps USING btree (deployment, number);
CREATE INDEX deployments_by_environment ON pipeline_ledger.deployments USING btree (environment, id);
CREATE INDEX gate_verdicts_by_deployment ON pipeline_ledger.gate_verdicts USING btree (deployment, number);
CREATE INDEX rehearsals_by_release ON pipeline_ledger.rehearsals USING btree (digest, number);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON pipeline_ledger.deployment_outcomes FOR EACH STATEMENT EXECUTE FUNCTION pipeline_ledger.refuse_change();
ALTER TABLE pipeline_ledger.deployment_outcomes ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON pipeline_ledger.deployment_steps FOR EACH STATEMENT EXECUTE FUNCTION pipeline_ledger.refuse_change();
ALTER TABLE pipeline_ledger.deployment_steps ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON pipeline_ledger.deployments FOR EACH STATEMENT EXECUTE FUNCTION pipeline_ledger.refuse_change();
ALTER TABLE pipeline_ledger.deployments ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON pipeline_ledger.gate_verdicts FOR EACH STATEMENT EXECUTE FUNCTION pipeline_ledger.refuse_change();
ALTER TABLE pipeline_ledger.gate_verdicts ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON pipeline_ledger.rehearsals FOR EACH STATEMENT EXECUTE FUNCTION pipeline_ledger.refuse_change();
ALTER TABLE pipeline_ledger.rehearsals ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON pipeline_ledger.release_migrations FOR EACH STATEMENT EXECUTE FUNCTION pipeline_ledger.refuse_change();
ALTER TABLE pipeline_ledger.release_migrations ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON pipeline_ledger.releases FOR EACH STATEMENT EXECUTE FUNCTION pipeline_ledger.refuse_change();
ALTER TABLE pipeline_ledger.releases ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ONLY pipeline_ledger.deployment_outcomes
    ADD CONSTRAINT deployment_outcomes_deployment_fkey FOREIGN KEY (deployment) REFERENCES pipeline_ledger.deployments(id);
ALTER TABLE ONLY pipeline_ledger.deployment_steps
    ADD CONSTRAINT deployment_steps_deployment_fkey FOREIGN KEY (deployment) REFERENCES pipeline_ledger.deployments(id);
ALTER TABLE ONLY pipeline_ledger.deployments
    ADD CONSTRAINT deployments_digest_fkey FOREIGN KEY (digest) REFERENCES pipeline_ledger.releases(digest);
ALTER TABLE ONLY pipeline_ledger.gate_verdicts
    ADD CONSTRAINT gate_verdicts_deployment_fkey FOREIGN KEY (deployment) REFERENCES pipeline_ledger.deployments(id);
ALTER TABLE ONLY pipeline_ledger.rehearsals
    ADD CONSTRAINT rehearsals_digest_fkey FOREIGN KEY (digest) REFERENCES pipeline_ledger.releases(digest);
ALTER TABLE ONLY pipeline_ledger.release_migrations
    ADD CONSTRAINT release_migrations_digest_fkey FOREIGN KEY (digest) REFERENCES pipeline_ledger.releases(digest);
