// The connections of a centre to its database, one pool for each role.
import type pg from 'pg'

export interface CentreDatabase {
  readonly door: pg.Pool
  readonly desk: pg.Pool
  /** Sign-ins and sessions of people; it sees no lot. */
  readonly people: pg.Pool
  /** Fold and alarms. */
  readonly work: pg.Pool
}
