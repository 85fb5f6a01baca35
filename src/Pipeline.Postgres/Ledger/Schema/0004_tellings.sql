-- Who outside is to be told of a deployment, written together with it; and what they were told, with the number that they gave it. What is in the one and not in
-- the other is told by the next run.

create table pipeline_ledger.listeners (
  deployment bigint primary key references pipeline_ledger.deployments,
  listener text not null,
  url text not null,
  log text,
  production boolean not null,
  transient boolean not null,
  token bigint not null
);
create index listeners_by_name on pipeline_ledger.listeners (listener, deployment);

create table pipeline_ledger.tellings (
  number bigint generated always as identity primary key,
  deployment bigint not null references pipeline_ledger.listeners,
  listener text not null,
  fact text not null check (fact in ('begun', 'in-progress', 'succeeded', 'failed', 'broken', 'replaced')),
  reference bigint not null,
  told_by text not null,
  at timestamptz not null,
  unique (deployment, listener, fact)
);

do $$
declare
  history text;
begin
  foreach history in array array['listeners', 'tellings']
  loop
    execute format('create trigger append_only before update or delete or truncate on pipeline_ledger.%I
      for each statement execute function pipeline_ledger.refuse_change()', history);
    execute format('alter table pipeline_ledger.%I enable always trigger append_only', history);
  end loop;
end
$$;
