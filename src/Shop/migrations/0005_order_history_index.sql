-- pipeline: no-transaction
-- The page "Your orders" reads a customer's orders, newest first. Built while customers go on buying.
CREATE INDEX CONCURRENTLY orders_account_history ON orders (account_id, number DESC);
