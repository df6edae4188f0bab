// External functions for the accounts of a lot: a slow hash off the lanes' thread, a file, and the audit.
// Implemented by ledger/crypto and lane/folder; tests bring quick ones.
import type { People, StoredSecret } from '../pure/people/people.ts'

/** One secret at a time, off the thread of the lanes. Rejects with PEOPLE-10 where too many wait. */
export interface SecretHasher {
  hash(secret: string): Promise<StoredSecret>
  /** Null takes as long as a real one, and is never right. */
  matches(secret: string, stored: StoredSecret | null): Promise<boolean>
}

export interface PeopleFile {
  /** Throws PEOPLE-11 or FILE-02. */
  read(): People
  /** Whole or not at all. */
  write(people: People): void
}

export interface PeopleAudit {
  readonly act: string
  readonly by: string
  readonly role: string
  readonly reason: string
  readonly commandId: string
  readonly result: string
}
