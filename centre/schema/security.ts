// Row-level security of a table that has a lot: door and work see all of it, the desk the lots that its transaction names.

export const securityOf = (table: string): string => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY door ON ${table} TO etc_door USING (true) WITH CHECK (true);
CREATE POLICY work ON ${table} TO etc_work USING (true) WITH CHECK (true);
CREATE POLICY desk ON ${table} TO etc_desk USING (
  current_setting('etc.lots', true) = '*'
  OR lot_id = ANY (string_to_array(current_setting('etc.lots', true), ','))
);`
