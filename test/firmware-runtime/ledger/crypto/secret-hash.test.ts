// The hash of people's secrets: its parameters are stored with it, one computation runs at a time, and the lanes' thread
// stays free. Without the machine's pepper even the right secret is wrong.
import { createHmac, scryptSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { secretHasher } from '#ledger/crypto/secret-hash.ts'

const pepper = new Uint8Array(32).fill(7)
const quick = { n: 1024, r: 1, p: 1 }
const hasher = secretHasher(() => pepper, quick)

it('keeps what it was made with, and takes it again', async () => {
  const stored = await secretHasher(() => pepper).hash('274916')
  expect(stored).toMatchObject({ n: 16_384, r: 8, p: 5 })
  const { n, r, p, salt, hash } = stored
  const input = createHmac('sha256', pepper).update('274916').digest()
  const options = { N: n, r, p, maxmem: 64 * 1024 * 1024 }
  const judge = scryptSync(input, Buffer.from(salt, 'base64'), 32, options).toString('base64')
  expect(hash).toBe(judge)
  expect(await hasher.matches('274916', stored)).toBe(true)
})

it.each([
  ['274917', pepper],
  ['274916 ', pepper],
  ['274916', new Uint8Array(32)],
])('%j is wrong: %#', async (secret, of) => {
  const stored = await hasher.hash('274916')
  expect(await secretHasher(() => of, quick).matches(secret, stored)).toBe(false)
})

it('two people with one secret have two hashes; wide and plain letters are one', async () => {
  const [a, b] = await Promise.all([hasher.hash('ＡＢＣ１２３'), hasher.hash('ABC123')])
  expect(a.hash).not.toBe(b.hash)
  expect(await hasher.matches('ABC123', a)).toBe(true)
})

it('nobody’s is never right', async () => {
  expect(await hasher.matches('', null)).toBe(false)
})

it('lets the loop turn while it works', async () => {
  let turns = 0
  let isBusy = true
  const turn = (): void => {
    turns++
    if (isBusy) setImmediate(turn)
  }
  setImmediate(turn)
  await secretHasher(() => pepper).hash('274916')
  isBusy = false
  expect(turns).toBeGreaterThan(20)
})

it('one at a time, and too many are refused instead of kept waiting', async () => {
  const tries = Array.from({ length: 20 }, () => hasher.hash('274916').then(() => 'done'))
  const ends = await Promise.all(tries.map((one) => one.catch((e: Error) => e.message.slice(0, 9))))
  expect(ends.filter((end) => end === 'done')).toHaveLength(16)
  expect(ends.filter((end) => end === 'PEOPLE-10')).toHaveLength(4)
  expect(await hasher.matches('274916', await hasher.hash('274916'))).toBe(true)
})
