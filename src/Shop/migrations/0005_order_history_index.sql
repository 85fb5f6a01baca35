-- pipeline: no-transaction
-- The page "Your orders" reads a customer's orders, newest first. Built while customers go on buying.
-- An earlier attempt that was interrupted leaves an invalid index behind, which IF NOT EXISTS would take for this one.
DROP INDEX CONCURRENTLY IF EXISTS orders_account_history;
CREATE INDEX CONCURRENTLY orders_account_history ON orders (account_id, number DESC);
