-- The record of releases and deployments. Every table here is history: rows are added, never changed and never removed.
-- Order is the order of the numbers, not of the clocks: a clock may jump.

create table pipeline_ledger.releases (
  digest text primary key check (digest ~ '^sha256:[0-9a-f]{64}$'),
  number bigint generated always as identity unique,
  version text not null,
  commit text not null,
  recorded_at timestamptz not null
);

create table pipeline_ledger.release_migrations (
  digest text not null references pipeline_ledger.releases,
  ordinal integer not null,
  id text not null,
  checksum text not null,
  backward_compatible boolean not null,
  primary key (digest, ordinal)
);

create table pipeline_ledger.deployments (
  id bigint generated always as identity primary key,
  entry uuid not null unique,
  environment text not null,
  digest text not null references pipeline_ledger.releases,
  colour text not null check (colour in ('blue', 'green')),
  kind text not null check (kind in ('deploy', 'rollback')),
  requested_by text not null,
  reason text,
  token bigint not null,
  started_at timestamptz not null
);
create index deployments_by_environment on pipeline_ledger.deployments (environment, id);

create table pipeline_ledger.deployment_steps (
  number bigint generated always as identity primary key,
  entry uuid not null unique,
  deployment bigint not null references pipeline_ledger.deployments,
  step text not null,
  phase text not null check (phase in ('started', 'finished', 'failed', 'undone')),
  detail text,
  token bigint not null,
  at timestamptz not null
);
create index deployment_steps_by_deployment on pipeline_ledger.deployment_steps (deployment, number);

create table pipeline_ledger.gate_verdicts (
  number bigint generated always as identity primary key,
  entry uuid not null,
  ordinal integer not null,
  deployment bigint not null references pipeline_ledger.deployments,
  gate text not null,
  outcome text not null check (outcome in ('passed', 'warned', 'refused')),
  detail text not null,
  token bigint not null,
  at timestamptz not null,
  unique (entry, ordinal)
);
create index gate_verdicts_by_deployment on pipeline_ledger.gate_verdicts (deployment, number);

create table pipeline_ledger.deployment_outcomes (
  deployment bigint primary key references pipeline_ledger.deployments,
  entry uuid not null unique,
  outcome text not null check (outcome in ('succeeded', 'undone', 'rolled-back', 'failed')),
  detail text,
  token bigint not null,
  finished_at timestamptz not null
);

create table pipeline_ledger.rehearsals (
  number bigint generated always as identity primary key,
  entry uuid not null unique,
  digest text not null references pipeline_ledger.releases,
  environment text not null,
  "check" text not null,
  passed boolean not null,
  performed_by text not null,
  detail text not null,
  at timestamptz not null
);
create index rehearsals_by_release on pipeline_ledger.rehearsals (digest, number);

create function pipeline_ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'PL001',
    message = format('%s of %s is refused: history is only ever added to; record a new entry instead', tg_op, tg_table_name);
end
$$;

do $$
declare
  history text;
begin
  foreach history in array array['releases', 'release_migrations', 'deployments', 'deployment_steps', 'gate_verdicts', 'deployment_outcomes', 'rehearsals']
  loop
    execute format('create trigger append_only before update or delete or truncate on pipeline_ledger.%I
      for each statement execute function pipeline_ledger.refuse_change()', history);
    execute format('alter table pipeline_ledger.%I enable always trigger append_only', history);
  end loop;
end
$$;
