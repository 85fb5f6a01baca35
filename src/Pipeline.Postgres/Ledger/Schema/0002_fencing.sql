-- The lock of an environment and the tokens that it hands out. A write with an older token than the environment has seen is refused here,
-- in the database, because a run that lost its lock cannot be trusted to know it.

create sequence pipeline_ledger.fencing_tokens as bigint;

create table pipeline_ledger.fences (
  environment text primary key,
  token bigint not null check (token > 0)
);

-- The tokens of what was recorded before fences were kept.
insert into pipeline_ledger.fences (environment, token)
  select environment, greatest(max(token), 1) from pipeline_ledger.deployments group by environment;
select setval('pipeline_ledger.fencing_tokens', coalesce((select max(token) from pipeline_ledger.fences), 0) + 1, false);

create table pipeline_ledger.deployment_locks (
  environment text primary key,
  owner text not null,
  backend integer not null,
  token bigint not null,
  since timestamptz not null,
  heartbeat timestamptz not null,
  released_at timestamptz
);

create function pipeline_ledger.fence(environment_name text, writer_token bigint) returns void language plpgsql as $$
declare
  latest bigint;
begin
  insert into pipeline_ledger.fences as known (environment, token) values (environment_name, writer_token)
    on conflict (environment) do update set token = greatest(known.token, excluded.token)
    returning token into latest;
  if writer_token < latest then
    raise exception using errcode = 'PL002',
      message = format('%s: a write with fencing token %s is refused, because token %s was handed out since: another run has taken over; run again', environment_name, writer_token, latest);
  end if;
end
$$;

create function pipeline_ledger.fence_deployment() returns trigger language plpgsql as $$
declare
  unfinished bigint;
begin
  perform pipeline_ledger.fence(new.environment, new.token);
  select d.id into unfinished from pipeline_ledger.deployments d left join pipeline_ledger.deployment_outcomes o on o.deployment = d.id
    where d.environment = new.environment and o.deployment is null and d.entry <> new.entry limit 1;
  if found then
    raise exception using errcode = 'PL005',
      message = format('%s: deployment %s never ended, so no other may begin; run again, which ends it first', new.environment, unfinished);
  end if;
  return new;
end
$$;

create function pipeline_ledger.fence_entry() returns trigger language plpgsql as $$
declare
  place text;
  ended pipeline_ledger.deployment_outcomes;
begin
  select environment into place from pipeline_ledger.deployments where id = new.deployment;
  if not found then
    raise exception using errcode = 'PL003', message = format('deployment %s is not known; begin it first', new.deployment);
  end if;
  perform pipeline_ledger.fence(place, new.token);
  select * into ended from pipeline_ledger.deployment_outcomes where deployment = new.deployment;
  -- The same entry written again is a retry whose first answer was lost.
  if found and ended.entry <> new.entry then
    raise exception using errcode = 'PL004',
      message = format('deployment %s to %s ended already (%s); begin a new one', new.deployment, place, ended.outcome);
  end if;
  return new;
end
$$;

create trigger fence before insert on pipeline_ledger.deployments for each row execute function pipeline_ledger.fence_deployment();
create trigger fence before insert on pipeline_ledger.deployment_steps for each row execute function pipeline_ledger.fence_entry();
create trigger fence before insert on pipeline_ledger.gate_verdicts for each row execute function pipeline_ledger.fence_entry();
create trigger fence before insert on pipeline_ledger.deployment_outcomes for each row execute function pipeline_ledger.fence_entry();
