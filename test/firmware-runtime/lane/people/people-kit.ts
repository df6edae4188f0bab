// People in memory with an instant hash, for tests of everything around it.
// What was written and audited can be read back.
import type { People, StoredSecret } from '#ledger/pure/people/people.ts'
import type { PeopleAudit, SecretHasher } from '#ledger/ports/people.ts'

const stored = (secret: string): StoredSecret => ({
  n: 1024,
  r: 1,
  p: 1,
  salt: '',
  hash: Buffer.from(secret).toString('base64'),
})

/** Counts its checks: an unknown person must cost as much as a known one. */
export class QuickHasher implements SecretHasher {
  checks = 0

  hash(secret: string): Promise<StoredSecret> {
    return Promise.resolve(stored(secret))
  }

  matches(secret: string, given: StoredSecret | null): Promise<boolean> {
    this.checks++
    return Promise.resolve(given !== null && stored(secret).hash === given.hash)
  }
}

export class MemoryPeople {
  people: People = []
  readonly audits: PeopleAudit[] = []
  readonly hasher = new QuickHasher()
  readonly file = {
    read: (): People => this.people,
    write: (people: People): void => {
      this.people = people
    },
  }
  private n = 0
  /** Never the same bytes twice. */
  readonly random = {
    bytes: (count: number): Uint8Array => {
      this.n++
      return new Uint8Array(count).fill(this.n)
    },
  }
}
