// Receipts of a real ledger with a real key: verified by the program printed in docs/receipt-format.md, by the command, and
// against the head of their day. A forged, truncated or missing part is refused with its reason.
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLedgerReader } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { Receipts } from '#lane/money/receipts.ts'
import { receiptCommand } from '#money/desk/commands/receipt.ts'
import { headText } from '#money/receipts/receipt-proof.ts'
import { rootOf } from '#money/receipts/receipt-tree.ts'
import { dayMs, instantOfIso } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { receiptKeyFile, receiptKeyOf, sha256 } from '#money/desk/receipt/receipt-key.ts'
import { checkedByPage, receiptProgram } from '../../../wire/kit/codes.ts'
import {
  carRows,
  newFolder,
  optionsFor,
  removeFolders,
  startMs,
} from '../../ledger/sqlite/ledger-kit.ts'
import { runCommand } from '../../../kit/run-command.ts'
import { readsOf } from '../../../kit/read-ledger.ts'

/** A lot of twelve cars; cars 0, 4 and 8 paid cash. */
class Lot {
  readonly dir = newFolder()
  readonly ledger = openLedger(optionsFor(this.dir)).ledger
  nowMs = startMs + 3_600_000
  pagesRead = 0
  receipts = this.opened()

  constructor() {
    for (let n = 0; n < 12; n++) this.ledger.append(carRows(n, n % 4 !== 0))
  }

  /** The receipts service as after a restart. */
  opened(nowMs = (): number => this.nowMs): Receipts {
    const read = readsOf(optionsFor(this.dir))
    return new Receipts({
      lotId: 'LOT-1',
      service: {
        timeline: (stayId) => read((reader) => reader.timeline(stayId)),
        query: (kind, filter) => {
          this.pagesRead++
          return read((reader) => reader.query(kind, { ...filter, limit: 2 }))
        },
      },
      sha256,
      random: { bytes: (count) => new Uint8Array(count).fill(0x5a) },
      key: () => receiptKeyOf(this.dir),
      nowMs,
      append: (rows) => void this.ledger.append(rows),
    })
  }

  kept(): number {
    const reader = openLedgerReader(optionsFor(this.dir))
    const { rows } = reader.query('event', {})
    reader.close()
    return rows.filter(({ type }) => type === 'receiptMade').length
  }

  async dayFile(day = 20_261_120): Promise<string> {
    const file = join(this.dir, `${day}.json`)
    writeFileSync(file, JSON.stringify(await this.receipts.day(day)))
    return file
  }
}

let lot: Lot
beforeEach(() => {
  lot = new Lot()
})
afterEach(() => {
  lot.ledger.close()
  removeFolders()
})

interface Verified {
  readonly ok: boolean
  readonly reason: string | null
}

async function verify(...args: readonly string[]) {
  const { code, json } = await runCommand(receiptCommand, ['verify', ...args])
  return { ...(json as unknown as Verified), code }
}

it('is checked by the 60 lines of Python of the page, which refuse another amount', async () => {
  expect(receiptProgram.trim().split('\n').length).toBeLessThanOrEqual(60)
  await lot.receipts.give('s0')
  const { qrText, receipt } = await lot.receipts.give('s4')
  const keyFile = receiptKeyFile(lot.dir)
  const [entered, left] = [receipt.enteredAtMs / 1000, receipt.leftAtMs / 1000]
  expect(checkedByPage(keyFile, qrText)).toBe(
    `LOT-1 s4 测A00004 ${entered} ${left} 900 cash 20261120 2\n`,
  )
  const { qrText: other } = await new Lot().receipts.give('s0')
  for (const text of [qrText.slice(0, 60) + qrText.slice(63), other, qrText.replace(/...$/, 'AAA')])
    expect(() => checkedByPage(keyFile, text)).toThrow('ended with 1')
})

it('is in the ledger once, whoever asks how often, also after a restart', async () => {
  const [first, second] = await Promise.all([lot.receipts.give('s0'), lot.receipts.give('s4')])
  expect([first.receiptNo, second.receiptNo]).toEqual([1, 2])
  lot.receipts = lot.opened()
  const again = await lot.receipts.give('s0')
  expect([first.isCopy, again.isCopy, again.receiptNo]).toEqual([false, true, 1])
  expect(again.receipt).toEqual(first.receipt)
  expect(lot.kept()).toBe(2)
})

it('of the day before is copied from its own day', async () => {
  const first = await lot.receipts.give('s0')
  lot.nowMs += dayMs
  expect(await lot.receipts.give('s0')).toMatchObject({ day: first.day, isCopy: true })
  expect(await lot.receipts.give('s4')).toMatchObject({ day: 20_261_121, receiptNo: 1 })
})

it('made while midnight passes is of the day in which it was asked for, row and all', async () => {
  const midnightMs = instantOfIso('2026-11-21T00:00:00+08:00')
  let asks = 0
  lot.receipts = lot.opened(() => midnightMs - 1 + asks++)
  const { day } = await lot.receipts.give('s0')
  lot.receipts = lot.opened()
  expect(day).toBe(20_261_120)
  expect(await lot.receipts.day(day)).toMatchObject({ size: 1 })
  expect(await lot.receipts.give('s0')).toMatchObject({ day, isCopy: true })
})

it('keeps its place in the day when the clock steps back behind it', async () => {
  const { qrText } = await lot.receipts.give('s0')
  lot.nowMs -= 60_000
  expect(await lot.receipts.give('s4')).toMatchObject({ receiptNo: 2 })
  lot.receipts = lot.opened()
  expect(await lot.receipts.give('s0')).toMatchObject({ receiptNo: 1, isCopy: true })
  const key = ['--key', receiptKeyFile(lot.dir)]
  expect(await verify(qrText, ...key, '--head', await lot.dayFile())).toMatchObject({ ok: true })
})

it('reads a day once, and says of it what a program says that reads all of it anew', async () => {
  for (const n of [0, 4, 8]) {
    await lot.receipts.give(`s${n}`)
    const pages = lot.pagesRead
    const grown = await lot.receipts.day(20_261_120)
    expect(lot.pagesRead).toBe(pages)
    expect(await lot.opened().day(20_261_120)).toMatchObject({
      size: grown.size,
      amountFen: grown.amountFen,
      rootHex: grown.rootHex,
      leafHashes: grown.leafHashes,
    })
  }
})

it('is refused for a stay that is not there or paid nothing, and for no day', async () => {
  const free = carRows(20, false).map((row): RowDraft =>
    row.kind === 'payment' ? { ...row, body: { ...row.body, means: 'waived' } } : row,
  )
  lot.ledger.append(free)
  await expect(lot.receipts.give('s20')).rejects.toMatchObject({ code: 'RECEIPT-01' })
  await expect(lot.receipts.give('nobody')).rejects.toMatchObject({ code: 'RECEIPT-01' })
  await expect(lot.receipts.day(20_261_331)).rejects.toMatchObject({ code: 'RECEIPT-01' })
  expect(lot.kept()).toBe(0)
})

it('says what the driver finally paid: a late charge that goes back makes no other receipt', async () => {
  const paper = await lot.receipts.give('s0')
  const refs = { laneId: 'exit', stayId: 's0', orderId: 'o0', amountFen: 500 }
  const atMs = startMs
  const etc = { paymentId: 'p0b', means: 'etc', by: null, reason: null } as const
  const back = { refundId: 'r1', outTradeNo: 'x0', reason: 'late', operator: '', approvedBy: null }
  const done = { refundId: 'r1', state: 'success' } as const
  lot.ledger.append([
    { kind: 'payment', atMs, ...refs, body: etc },
    { kind: 'refund', atMs, ...refs, body: back },
  ])
  const same = { receiptNo: 1, isCopy: true, refundedFen: 0, receipt: paper.receipt }
  expect(await lot.receipts.give('s0')).toMatchObject(same)
  lot.ledger.append([{ kind: 'refundState', atMs, stayId: 's0', body: done }])
  expect(await lot.receipts.give('s0')).toMatchObject(same)
  expect(await lot.receipts.day(paper.day)).toMatchObject({ size: 1, amountFen: 500 })
})

it('of a stay that paid more later is a new one, which the day counts alone', async () => {
  const { day } = await lot.receipts.give('s0')
  const refs = { laneId: 'exit', stayId: 's0', orderId: 'o0' }
  const body = { paymentId: 'p0b', means: 'qr', by: 'Guo', reason: null } as const
  lot.ledger.append([{ kind: 'payment', atMs: startMs, ...refs, amountFen: 200, body }])
  const more = await lot.receipts.give('s0')
  expect(more).toMatchObject({ receiptNo: 2, isCopy: false, refundedFen: 0 })
  expect(more.receipt).toMatchObject({ amountFen: 700, means: 'cash+qr' })
  expect(await lot.receipts.day(day)).toMatchObject({ size: 2, amountFen: 700 })
})

it('stays as it is when money goes back by people, and a copy says how much', async () => {
  await lot.receipts.give('s0')
  const refs = { laneId: 'exit', stayId: 's0', orderId: 'o0' }
  const refund = { row: 'refund', refundNo: 'R2', attemptNo: 'P1', amountFen: 200 } as const
  const by = { why: 'person', requestedBy: 'Guo', approvedBy: 'Li' } as const
  const done = { row: 'refundDone', refundNo: 'R2', attemptNo: 'P1' } as const
  lot.ledger.append([
    { kind: 'pay', atMs: startMs, ...refs, body: { ...refund, ...by } },
    { kind: 'pay', atMs: startMs, ...refs, body: done },
  ])
  const copy = await lot.receipts.give('s0')
  expect(copy).toMatchObject({ receiptNo: 1, isCopy: true, refundedFen: 200 })
  expect(copy.receipt.amountFen).toBe(500)
})

describe('receipt verify', () => {
  it('says what it is, and that its day has it', async () => {
    const { qrText } = await lot.receipts.give('s0')
    await lot.receipts.give('s4')
    await lot.receipts.give('s8')
    const key = ['--key', receiptKeyFile(lot.dir)]
    const said = { code: 0, ok: true, amountFen: 500, stayId: 's0', reason: null }
    expect(await verify(qrText, ...key)).toMatchObject({ ...said, dayHead: 20_261_120 })
    expect(await verify(qrText, ...key, '--head', await lot.dayFile())).toMatchObject(said)
    const file = join(lot.dir, 'text')
    writeFileSync(file, `${qrText}\n`)
    expect(await verify(file, ...key)).toMatchObject(said)
  })

  it('takes the text and the head of its day alone', async () => {
    const { qrText } = await lot.receipts.give('s0')
    const head = ['--head', await lot.dayFile()]
    const said = { amountFen: 500, stayId: 's0', dayHead: 20_261_120 }
    expect(await verify(qrText, ...head)).toMatchObject({ ok: true, keyOf: 'head', ...said })
    expect(await verify(qrText.replace(/...$/, '000'), ...head)).toMatchObject({ reason: 'forged' })
    const other = new Lot()
    const { qrText: foreign } = await other.receipts.give('s0')
    expect(await verify(foreign, ...head)).toMatchObject({ code: 1, reason: 'otherKey' })
    other.ledger.close()
    // The key that the lot published takes precedence over the key in the head.
    expect(await verify(qrText, '--data', lot.dir, ...head)).toMatchObject({ keyOf: 'lot' })
    const { publicKeyPem: _key, ...old } = await lot.receipts.day(20_261_120)
    const file = join(lot.dir, 'old.json')
    writeFileSync(file, JSON.stringify(old))
    const unknown = { ok: false, code: 1, reason: 'noKey', keyOf: null, ...said }
    for (const none of [[], ['--head', file]])
      expect(await verify(qrText, ...none)).toMatchObject(unknown)
    writeFileSync(file, JSON.stringify({ ...old, publicKeyPem: 'none' }))
    await expect(verify(qrText, '--head', file)).rejects.toMatchObject({ code: 'RECEIPT-02' })
  })

  it('is made by the lot itself: by its key and the books of the day', async () => {
    const { qrText } = await lot.receipts.give('s0')
    const reasonOf = async (text: string): Promise<unknown> => {
      const { ok, reason } = await lot.receipts.check(text)
      return ok ? reason : `not ours: ${reason}`
    }
    expect(await lot.receipts.check(qrText)).toMatchObject({
      ok: true,
      reason: null,
      read: { receipt: { stayId: 's0', amountFen: 500 } },
    })
    expect(await reasonOf(qrText.replace(/...$/, '000'))).toBe('not ours: forged')
    expect(await reasonOf(qrText.slice(0, 40))).toBe('not ours: unreadable')
    const other = new Lot()
    const foreign = await other.receipts.give('s0')
    expect(await reasonOf(foreign.qrText)).toBe('not ours: otherKey')
    // The same key, but a ledger that never issued the receipt: a copy from before.
    for (const name of ['receipt.key', 'receipt-public.pem'])
      cpSync(join(lot.dir, 'keys', name), join(other.dir, 'keys', name))
    other.receipts = other.opened()
    const { qrText: later } = await lot.receipts.give('s4')
    expect(await other.receipts.check(later)).toMatchObject({ ok: false, reason: 'notInDay' })
    // A day without any receipt gives the same answer.
    const none = new Lot()
    for (const name of ['receipt.key', 'receipt-public.pem'])
      cpSync(join(lot.dir, 'keys', name), join(none.dir, 'keys', name))
    expect(await none.receipts.check(later)).toMatchObject({ ok: false, reason: 'notInDay' })
    none.ledger.close()
    other.ledger.close()
  })

  it('names what does not hold', async () => {
    const { qrText } = await lot.receipts.give('s0')
    await lot.receipts.give('s4')
    const key = ['--key', receiptKeyFile(lot.dir)]
    const head = await lot.dayFile()
    const day = await lot.receipts.day(20_261_120)
    const changed = join(lot.dir, 'changed.json')
    const reasonOf = async (text: string, ...more: readonly string[]) => {
      const { code, reason } = await verify(text, ...key, ...more)
      return [code, reason]
    }
    expect(await reasonOf(`${qrText}A`)).toEqual([1, 'unreadable'])
    expect(await reasonOf(qrText.replace(/...$/, '000'))).toEqual([1, 'forged'])
    const other = new Lot()
    const { qrText: foreign } = await other.receipts.give('s0')
    expect(await reasonOf(foreign)).toEqual([1, 'otherKey'])
    // The day lacks one receipt, contains another in its place, or is another day.
    writeFileSync(changed, JSON.stringify({ ...day, leafHashes: day.leafHashes.slice(1), size: 1 }))
    expect(await reasonOf(qrText, '--head', changed)).toEqual([1, 'dayForged'])
    expect(await reasonOf(qrText, '--head', await lot.dayFile(20_261_119))).toEqual([1, 'notInDay'])
    expect(await reasonOf(qrText, '--head', head)).toEqual([0, null])
    // The lot signed a day in which this receipt, or the one before it, differs.
    const signedDay = (...leafHashes: readonly string[]): void => {
      const root = rootOf(
        sha256,
        leafHashes.map((hash) => Buffer.from(hash, 'hex')),
      )
      const text = headText({ ...day, size: leafHashes.length, root })
      const signature = receiptKeyOf(lot.dir).sign(new TextEncoder().encode(text))
      const rootHex = Buffer.from(root).toString('hex')
      const signatureHex = Buffer.from(signature).toString('hex')
      const made = { ...day, size: leafHashes.length, rootHex, signatureHex, leafHashes }
      writeFileSync(changed, JSON.stringify(made))
    }
    const [own = '', second = ''] = day.leafHashes
    const { qrText: secondText } = await lot.receipts.give('s4')
    signedDay(own, second)
    expect(await reasonOf(secondText, '--head', changed)).toEqual([0, null])
    signedDay('00'.repeat(32), second)
    expect(await reasonOf(qrText, '--head', changed)).toEqual([1, 'notInDay'])
    expect(await reasonOf(secondText, '--head', changed)).toEqual([1, 'notInDay'])
    signedDay(own, '00'.repeat(32))
    expect(await reasonOf(secondText, '--head', changed)).toEqual([1, 'notInDay'])
    writeFileSync(changed, '{}')
    await expect(verify(qrText, ...key, '--head', changed)).rejects.toMatchObject({
      code: 'FILE-01',
    })
    writeFileSync(changed, 'no key')
    for (const none of [changed, `${changed}.none`])
      await expect(verify(qrText, '--key', none)).rejects.toMatchObject({ code: 'RECEIPT-02' })
    other.ledger.close()
  })
})
