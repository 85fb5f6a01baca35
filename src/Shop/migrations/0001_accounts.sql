-- Customers, their sessions, and the count of failed logins that every instance shares.
CREATE TABLE accounts (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email         text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  password_hash text        NOT NULL,
  is_smoke      boolean     NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX accounts_email ON accounts (lower(email));
COMMENT ON COLUMN accounts.is_smoke IS 'the account of the smoke checks: its orders are test orders';

-- Only a hash of the token is kept: whoever reads this table cannot become a customer with it.
CREATE TABLE sessions (
  token_hash bytea       PRIMARY KEY CHECK (length(token_hash) = 32),
  account_id bigint      REFERENCES accounts (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE login_failures (
  subject      text        PRIMARY KEY,
  failures     integer     NOT NULL CHECK (failures > 0),
  window_start timestamptz NOT NULL
);
