// What the ledger tests share: a folder that is removed, a crypto port over node:crypto, rows.
// The key is a constant of these tests and of nothing else.
import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LedgerOptions } from '#ledger/sqlite/ledger.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Crypto, SigningKey } from '#base/ports/crypto.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

/** One key object per key: making it costs three times the digest of a row. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>()
function keyObjectOf(key: Uint8Array): KeyObject {
  const made = keyObjects.get(key) ?? createSecretKey(key)
  keyObjects.set(key, made)
  return made
}

export const testCrypto: Crypto = {
  kind: 'real',
  sm3: (data) => createHash('sm3').update(data).digest(),
  sha256: (data) => createHash('sha256').update(data).digest(),
  hmacSm3: (key, data) => createHmac('sm3', keyObjectOf(key)).update(data).digest(),
}

/** A signer whose signature is a plain digest, which anybody can make. */
export const testSigner: SigningKey = {
  certSerial: 'AB01',
  suite: 'GM',
  sign: (message) => testCrypto.sm3(message),
}

export const testKey = new Uint8Array(32).fill(0x5a)

const folders: string[] = []

export function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'etc-ledger-'))
  folders.push(dir)
  return dir
}

export function removeFolders(): void {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true })
}

export const optionsFor = (dir: string, change: Partial<LedgerOptions> = {}): LedgerOptions => ({
  dir,
  nodeId: 'lot-1',
  chainKey: testKey,
  crypto: testCrypto,
  durability: 'full',
  version: '0.0.0-test',
  ...change,
})

export const startMs = instantOfIso('2026-11-20T08:00:00+08:00')

export const event = (n: number, detail = ''): RowDraft => ({
  kind: 'event',
  atMs: startMs + n * 1000,
  body: { type: 'photosBack', detail: `${n}${detail}` },
})

const iso = (n: number): number => startMs + n * 60_000

/**
 * One car of the online mode, n minutes into the day: every row a paid passage leaves behind.
 * `paid: false` is refused by the platform and pays at the board.
 */
export function carRows(n: number, paid = true): readonly RowDraft[] {
  const refs = { laneId: 'exit', stayId: `s${n}`, orderId: `o${n}` }
  const plate = `测A${String(n).padStart(5, '0')}`
  const charge = { ...refs, deductionId: `d${n}`, amountFen: 500 + (n % 7) * 100 }
  const proof = {
    tac: '1A2B3C4D',
    cardSerial: n,
    psamTerminal: '112233445566',
    psamSerial: n + 1,
    transType: '09',
    timeBcd: '20261120080000',
    balanceAfterFen: 1000,
  }
  const tail: readonly RowDraft[] = paid
    ? []
    : [
        {
          kind: 'payment',
          atMs: iso(n) + 4,
          ...refs,
          amountFen: charge.amountFen,
          body: { paymentId: `p${n}`, means: 'cash', by: 'Guo', reason: null },
        },
      ]
  return [
    cameIn(`s${n}`, iso(n), { plate }),
    {
      kind: 'orderMade',
      atMs: iso(n) + 1,
      ...refs,
      amountFen: charge.amountFen,
      body: { tariffId: 't', fromMs: iso(n), toMs: iso(n) + 1, lines: [], plate, plateRaw: plate },
    },
    {
      kind: 'intent',
      atMs: iso(n) + 2,
      ...charge,
      body: {
        chargeMode: 'online',
        outTradeNo: `x${n}`,
        plate,
        colour: 'blue',
        obuId: '12345678',
        cardNo: null,
      },
    },
    {
      kind: 'outcome',
      atMs: iso(n) + 3,
      ...charge,
      body: {
        state: paid ? 'paid' : 'refused',
        source: 'platform',
        reason: paid ? 'ok' : 'insufficient',
        obuId: null,
        cardNo: '45010001000000000001',
        proof: paid ? proof : null,
      },
    },
    ...tail,
    {
      kind: 'stayClosed',
      atMs: iso(n) + 5,
      ...refs,
      body: { end: paid ? 'etc' : 'other', leftAtMs: iso(n) + 5 },
    },
    {
      kind: 'outbox',
      atMs: iso(n) + 6,
      ...charge,
      body: {
        outboxId: `b${n}`,
        destination: 'expansion',
        op: 'charge',
        businessNo: `x${n}`,
        body: '{}',
        bodySm3: '00',
      },
    },
    {
      kind: 'outboxState',
      atMs: iso(n) + 7,
      body: {
        outboxId: `b${n}`,
        state: 'confirmed',
        attempt: 1,
        httpStatus: 200,
        respCode: '00000',
        requestId: 'r',
        tradeNo: 'p1',
        note: null,
      },
    },
  ]
}

/** A count of a drawer that found it empty. */
export const counted = (atMs: number, over: { readonly uptoSeq?: number } = {}): RowDraft => ({
  kind: 'book',
  atMs,
  body: {
    row: 'counted',
    fromMs: startMs,
    beforeFen: 0,
    takenFen: 0,
    countedFen: 0,
    leftFen: 0,
    by: '李四',
    ...over,
  },
})
