-- Who agreed to a deployment. Written under the deployment's lock, as the verdicts of the gates are, and never changed.

create table pipeline_ledger.approvals (
  deployment bigint primary key references pipeline_ledger.deployments,
  entry uuid not null unique,
  means text not null check (means in ('prompt', 'reason', 'protection', 'policy')),
  approved_by text not null,
  reason text,
  approved_at timestamptz not null,
  token bigint not null,
  at timestamptz not null
);

create trigger append_only before update or delete or truncate on pipeline_ledger.approvals for each statement execute function pipeline_ledger.refuse_change();
alter table pipeline_ledger.approvals enable always trigger append_only;

create trigger fence before insert on pipeline_ledger.approvals for each row execute function pipeline_ledger.fence_entry();
