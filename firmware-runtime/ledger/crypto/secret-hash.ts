// Secrets of people as scrypt of an HMAC with a pepper: without this machine's key, six digits cannot be tried out.
// Asynchronous in a thread of Node's pool, one at a time: 16 MB and a third of a second of a core (ADR 155).
import { createHmac, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { SecretHasher } from '../ports/people.ts'

const cost = { n: 16_384, r: 8, p: 5 }
const hashBytes = 32
/** More simultaneous sign-ins than any lot has. */
const waitingMax = 16

const peppered = (secret: string, pepper: Uint8Array): Buffer =>
  createHmac('sha256', pepper).update(secret.normalize('NFKC')).digest()

function derived(input: Buffer, salt: Buffer, { n, r, p }: typeof cost): Promise<Buffer> {
  const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r }
  return new Promise((take, fail) => {
    scrypt(input, salt, hashBytes, options, (error, key) => {
      if (error === null) take(key)
      else fail(error)
    })
  })
}

/** `pepper` is called at the first use: a lot without people never makes one. */
export function secretHasher(pepper: () => Uint8Array, from = cost): SecretHasher {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= waitingMax) throw new LaneFault('PEOPLE-10')
    waiting++
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    try {
      return await mine
    } finally {
      waiting--
    }
  }
  return {
    hash: (secret) =>
      inTurn(async () => {
        const salt = randomBytes(16)
        const hash = await derived(peppered(secret, pepper()), salt, from)
        return { ...from, salt: salt.toString('base64'), hash: hash.toString('base64') }
      }),
    matches: (secret, stored) =>
      inTurn(async () => {
        const { salt, hash, ...by } = stored ?? { ...from, salt: '', hash: '' }
        const found = await derived(peppered(secret, pepper()), Buffer.from(salt, 'base64'), by)
        const wanted = Buffer.from(hash, 'base64')
        return stored !== null && found.length === wanted.length && timingSafeEqual(found, wanted)
      }),
  }
}
