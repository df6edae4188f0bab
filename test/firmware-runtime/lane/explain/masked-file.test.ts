// A masked file contains no plate, card, OBU or salt in any encoding: every run of hex and of base64 in it is decoded at
// every alignment, by code independent of the product.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { carFileFormat, maskedFile, type CarFile } from '#lane/explain/car-file.ts'
import { leafOf } from '#money/receipts/receipt-leaf.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

const utf8Hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase()
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789']
const word = (length: number, of = letters) =>
  fc
    .array(fc.constantFrom(...of), { minLength: length, maxLength: length })
    .map((all) => all.join(''))
const digits = [...'123456789']

const secrets = fc.record({
  plate: fc
    .tuple(fc.constantFrom('测', '桂', '京'), word(1, [...'ABCDEF']), word(5))
    .map((parts) => parts.join('')),
  cardNo: word(20, digits),
  obuId: word(8, [...'123456789ABCDEF']),
  salt: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  before: fc.nat({ max: 5 }),
})
type Secrets = typeof secrets extends fc.Arbitrary<infer T> ? T : never

function fileOf({ plate, cardNo, obuId, salt, before }: Secrets): CarFile {
  const refs = { nodeId: 'n1', stayId: 'n1-S1', laneId: 'exit', atMs: 0 }
  const facts = { lotId: 'GX1', stayId: 'n1-S1', plate, enteredAtMs: 0, leftAtMs: 1000 }
  const leaf = leafOf({ ...facts, amountFen: 3900, means: 'qr', salt })
  const told = JSON.stringify({ vehiclePlate: plate, card: cardNo, obu: obuId })
  const behind = 'x'.repeat(before)
  const texts = [plate, cardNo, obuId, `${plate} ${cardNo}`, told].flatMap((text) => [
    behind + text,
    Buffer.from(behind + text).toString('hex'),
    Buffer.from(behind + text).toString('base64'),
    Buffer.from(behind + text).toString('base64url'),
  ])
  const raw = Buffer.from(`0102${obuId}${cardNo}03`, 'hex')
  const chain = { seq: 1, hash: 'ef'.repeat(32), prevHash: 'ab'.repeat(32) }
  const event = (type: string, detail: string) => ({
    ...refs,
    ...chain,
    kind: 'event',
    body: { type, detail },
  })
  const rows = [
    event(
      'receiptMade',
      JSON.stringify({ day: 20261123, leafHex: Buffer.from(leaf).toString('hex').toUpperCase() }),
    ),
    event('other', Buffer.from(leaf).toString('hex')),
    ...texts.map((text) => event('other', text)),
    { ...event('outbox', ''), kind: 'outbox', body: { body: told, bodySm3: 'cd'.repeat(32) } },
  ] as unknown as LedgerRow[]
  const frame = { hex: raw.toString('hex').toUpperCase(), fields: { plate, cardNo, obuId } }
  return {
    format: carFileFormat,
    lotId: 'GX1',
    stayId: 'n1-S1',
    madeAtIso: '',
    isMasked: false,
    why: [],
    rows,
    turns: [],
    events: [],
    photos: [],
    frames: [frame, { hex: raw.toString('base64'), fields: {} }] as unknown as CarFile['frames'],
  }
}

/** Every byte string that the text may encode. */
function* readings(text: string): Generator<Buffer> {
  yield Buffer.from(text)
  for (const [run] of text.matchAll(/[\dA-F]{4,}/gi))
    for (const at of [0, 1]) yield Buffer.from(run.slice(at), 'hex')
  for (const [run] of text.matchAll(/[\w+/-]{4,}/g))
    for (const at of [0, 1, 2, 3]) yield Buffer.from(run.slice(at), 'base64')
}

it('tells no plate, card, OBU or salt in any text, hex or base64', () => {
  fc.assert(
    fc.property(secrets, (given) => {
      const file = fileOf(given)
      const hidden = [given.plate, given.cardNo, given.obuId].map((text) => Buffer.from(text))
      const bytes = [given.cardNo, given.obuId].map((text) => Buffer.from(text, 'hex'))
      const holdsSecret = (text: string): boolean =>
        [...readings(text)].some((read) =>
          [...hidden, ...bytes, Buffer.from(given.salt)].some((one) => read.includes(one)),
        )
      expect(holdsSecret(JSON.stringify(file))).toBe(true)
      const masked = maskedFile(file, sha256, [utf8Hex])
      const strings: string[] = []
      JSON.stringify(masked, (_name, value: unknown) => {
        if (typeof value === 'string') strings.push(value)
        return value
      })
      expect(strings.filter(holdsSecret)).toEqual([])
      expect(strings).not.toContain('ab'.repeat(32))
      expect(strings).not.toContain('cd'.repeat(32))
    }),
    { numRuns: 60 },
  )
})

it('keeps the same one the same, and a leaf as its hash in the tree of the day', () => {
  const plate = '测ADM33L6'
  const salt = new Uint8Array(16).fill(7)
  const file = fileOf({ plate, cardNo: '45011234567890123456', obuId: 'A1B2C3D4', salt, before: 0 })
  const masked = maskedFile(file, sha256, [utf8Hex])
  const text = JSON.stringify(masked)
  expect(text).toContain('测AXXXXL6')
  expect(text).toContain(Buffer.from('测AXXXXL6').toString('base64'))
  expect(text).toContain('A10000D4')
  const facts = { lotId: 'GX1', stayId: 'n1-S1', plate, enteredAtMs: 0, leftAtMs: 1000 }
  const leaf = leafOf({ ...facts, amountFen: 3900, means: 'qr', salt })
  const hash = createHash('sha256').update(Uint8Array.of(0)).update(leaf).digest('hex')
  expect(masked.rows[0]).toMatchObject({
    body: { detail: JSON.stringify({ day: 20261123, leafHashHex: hash.toUpperCase() }) },
  })
})
