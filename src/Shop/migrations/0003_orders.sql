-- A cart belongs to a customer or, before the login, to a session.
CREATE TABLE carts (
  id           uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id   bigint      UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
  session_hash bytea       UNIQUE REFERENCES sessions (token_hash) ON DELETE CASCADE,
  created_at   timestamptz NOT NULL DEFAULT now(),
  CHECK (num_nonnulls(account_id, session_hash) = 1)
);

CREATE TABLE cart_lines (
  cart_id    uuid    NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
  product_id text    NOT NULL REFERENCES products (id),
  quantity   integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
  PRIMARY KEY (cart_id, product_id)
);

-- pending: the stock is set aside and the payment is under way; its end is paid, refused or cancelled, and the stock goes back on the last two.
CREATE TABLE orders (
  id            uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  number        bigint      NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY (START WITH 10001),
  account_id    bigint      NOT NULL REFERENCES accounts (id),
  checkout_key  text        NOT NULL CHECK (length(checkout_key) BETWEEN 8 AND 100),
  status        text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'paid', 'refused', 'cancelled')),
  is_test       boolean     NOT NULL DEFAULT false,
  from_cart     boolean     NOT NULL,
  total_cents   integer     NOT NULL CHECK (total_cents > 0),
  currency      text        NOT NULL,
  recipient     text        NOT NULL,
  street        text        NOT NULL,
  postcode      text        NOT NULL,
  city          text        NOT NULL,
  charge_id     text,
  placed_at     timestamptz NOT NULL DEFAULT now(),
  attempted_at  timestamptz NOT NULL DEFAULT now(),
  settled_at    timestamptz
);
-- A cancelled order was certainly not charged: the same press may then be tried again.
CREATE UNIQUE INDEX orders_checkout_key ON orders (account_id, checkout_key) WHERE status <> 'cancelled';
CREATE INDEX orders_pending ON orders (attempted_at) WHERE status = 'pending';
COMMENT ON COLUMN orders.checkout_key IS 'one press of the button, however often it arrives: the same key is the same order and the same charge';

CREATE TABLE order_lines (
  order_id    uuid    NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  product_id  text    NOT NULL REFERENCES products (id),
  name        text    NOT NULL,
  quantity    integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
  price_cents integer NOT NULL CHECK (price_cents > 0),
  PRIMARY KEY (order_id, product_id)
);
