// Queries, timeline, totals, verify and export: what people and scripts read of a ledger.
// The shapes are public (contract.md section 5); the sqlite3 command line reads the same views.
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import type { OrderEnd, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { queryKinds } from '#ledger/ports/ledger-reader.ts'
import type { QueryKind, QueryPage } from '#ledger/ports/ledger-reader.ts'
import {
  carRows,
  event,
  newFolder,
  optionsFor,
  removeFolders,
  startMs,
  testCrypto,
  testSigner,
} from './ledger-kit.ts'
import { cars, lot, paidRow, reading } from './lot-kit.ts'
import { forge } from './repair-cases.ts'

afterEach(removeFolders)

describe('query', () => {
  it('gives a deduction row exactly as the contract lists it', () => {
    const { rows } = reading(lot(), (r) => r.query('deduction', { stayId: 's5' }))
    expect(rows).toEqual([paidRow])
    expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(paidRow))
  })

  it('gives stays, payments, refunds and events', () => {
    const refund: RowDraft = {
      kind: 'refund',
      atMs: startMs,
      stayId: 's5',
      deductionId: 'd5',
      amountFen: 1000,
      body: { refundId: 'r1', outTradeNo: 'x5', reason: 'late', operator: 'Guo', approvedBy: null },
    }
    const state: RowDraft = {
      kind: 'refundState',
      atMs: startMs + 1,
      body: { refundId: 'r1', state: 'success' },
    }
    const dir = lot([refund, state])
    reading(dir, (r) => {
      expect(r.query('stay', { stayId: 's4' }).rows).toEqual([
        {
          stayId: 's4',
          laneId: 'entry',
          plate: '测A00004',
          colour: 'blue',
          enteredAtIso: '2026-11-20T08:04:00.000+08:00',
          leftAtIso: '2026-11-20T08:04:00.005+08:00',
          exitLaneId: 'exit',
          noEntry: false,
          orderId: 'o4',
          amountFen: 900,
          end: 'other',
        },
      ])
      expect(r.query('payment', { plate: '测A00004' }).rows).toMatchObject([
        { paymentId: 'p4', means: 'cash', amountFen: 900, by: 'Guo', reason: null },
      ])
      expect(r.query('refund', {}).rows).toMatchObject([
        { refundId: 'r1', outTradeNo: 'x5', amountFen: 1000, state: 'success' },
      ])
      expect(r.query('event', {}).rows).toMatchObject([{ type: 'photosBack', detail: '0' }])
    })
  })

  it('gives refunds of every means: of ETC, of payments by code, and what came of each', () => {
    const refs = { laneId: 'exit', stayId: 's4', orderId: 'o4' } as const
    const act = { act: 'pay.refund s4 P1 300', by: '甲', role: 'owner', reason: '多收' } as const
    const asked = (refundNo: string, fen: number, by: string | null): RowDraft => ({
      kind: 'pay',
      atMs: startMs + fen,
      ...refs,
      body: {
        row: 'refund',
        refundNo,
        attemptNo: 'P1',
        amountFen: fen,
        why: by === null ? 'late' : 'person',
        requestedBy: by,
        approvedBy: by === null ? null : '乙',
      },
    })
    const end = (row: 'refundDone' | 'refundRefused', refundNo: string): RowDraft => {
      const body = { row, refundNo, attemptNo: 'P1', reason: 'TOO_MUCH' } as const
      return { kind: 'pay', atMs: startMs + 900, ...refs, body }
    }
    const dir = lot([
      {
        kind: 'audit',
        atMs: startMs,
        stayId: 's4',
        body: { ...act, commandId: 'c1', result: 'done' },
      },
      asked('P1R2', 300, '甲'),
      asked('P1R1', 400, null),
      asked('P1R3', 500, '甲'),
      end('refundDone', 'P1R2'),
      end('refundRefused', 'P1R3'),
      {
        kind: 'refund',
        atMs: startMs + 600,
        stayId: 's5',
        deductionId: 'd5',
        amountFen: 600,
        body: {
          refundId: 'r1',
          outTradeNo: 'x5',
          reason: 'late',
          operator: 'Guo',
          approvedBy: null,
        },
      },
    ])
    reading(dir, (r) => {
      const { rows } = r.query('refund', {})
      expect(rows).toMatchObject([
        {
          refundId: 'P1R2',
          plate: '测A00004',
          laneId: 'exit',
          amountFen: 300,
          outTradeNo: 'P1',
          reason: '多收',
          operator: '甲',
          approvedBy: '乙',
          state: 'success',
          stateAtIso: '2026-11-20T08:00:00.900+08:00',
          means: 'qr',
        },
        {
          refundId: 'P1R1',
          operator: 'system',
          reason: 'late',
          state: 'pending',
          stateAtIso: null,
        },
        { refundId: 'P1R3', state: 'rejected' },
        { refundId: 'r1', amountFen: 600, means: 'etc', operator: 'Guo', state: 'pending' },
      ])
      expect(rows.map(({ backMeans }) => backMeans)).toEqual(['qr', null, null, null])
      expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(rows[3] ?? {}))
      const ids = (filter: object): string[] =>
        r.query('refund', filter).rows.map(({ refundId }) => refundId)
      expect(ids({ amountFen: 400 })).toEqual(['P1R1'])
      // `means` filters by how the money went back; pending refunds have no means yet.
      expect(ids({ means: 'qr' })).toEqual(['P1R2'])
      expect(ids({ means: 'etc' })).toEqual([])
      expect(ids({ by: '甲' })).toEqual(['P1R2', 'P1R3'])
      expect(ids({ plate: '测A00005' })).toEqual(['r1'])
      expect(ids({ fromMs: startMs + 400, toMs: startMs + 501 })).toEqual(['P1R1', 'P1R3'])
      expect(
        r.query('refund', { limit: 1, after: r.query('refund', { limit: 1 }).next ?? 0 }).rows,
      ).toMatchObject([{ refundId: 'P1R1' }])
      expect(r.sums({}).refunds).toEqual([
        { word: 'pending', count: 2, amountFen: 1000 },
        { word: 'rejected', count: 1, amountFen: 500 },
        { word: 'success', count: 1, amountFen: 300 },
      ])
      // The totals count only refunds that a platform is asked for.
      expect(r.totals().refunds).toEqual({ pending: { count: 1, amountFen: 600 } })
    })
  })

  it('follows a deduction from intent to unknown to paid, by its last outcome', () => {
    const [open, order, intent, paid] = carRows(1)
    const dir = newFolder()
    const { ledger } = openLedger(optionsFor(dir))
    const state = (): readonly unknown[] =>
      reading(dir, (r) => r.query('deduction', {}).rows.map((d) => [d.state, d.upload]))
    ledger.append([open, order, intent].filter((d) => d !== undefined))
    expect(state()).toEqual([['intent', null]])
    if (paid?.kind !== 'outcome') throw new Error('the fourth row is the outcome')
    ledger.append([{ ...paid, body: { ...paid.body, state: 'unknown', proof: null } }])
    expect(state()).toEqual([['unknown', null]])
    ledger.append([paid, ...carRows(1).slice(4, 6)])
    expect(state()).toEqual([['paid', 'new']])
    ledger.append(carRows(1).slice(6))
    expect(state()).toEqual([['paid', 'confirmed']])
    ledger.close()
  })

  it('shows the upload that is furthest from done where there are two destinations', () => {
    const [second] = carRows(5).filter((r) => r.kind === 'outbox')
    if (second?.kind !== 'outbox') throw new Error('a car leaves an outbox row')
    const body = { ...second.body, outboxId: 'b5-operator', destination: 'operator' }
    const { rows } = reading(lot([{ ...second, body }]), (r) =>
      r.query('deduction', { stayId: 's5' }),
    )
    expect(rows[0]?.upload).toBe('new')
  })

  it.each(queryKinds)('walks every %s once over pages of two', (kind) => {
    const more = Array.from({ length: 5 }, (_, n) => event(n))
    reading(lot(more), (r) => {
      const whole = r.query(kind, {})
      const paged: unknown[] = []
      let after: number | null = null
      do {
        const page: QueryPage<QueryKind> = r.query(kind, {
          limit: 2,
          ...(after === null ? {} : { after }),
        })
        paged.push(...page.rows)
        after = page.next
      } while (after !== null)
      // `after: 0` is the first page, as a script asks for it that follows the ledger from its start.
      for (const order of [{}, { newestFirst: true }])
        expect(r.query(kind, { ...order, after: 0 })).toEqual(r.query(kind, order))
      expect(whole.next).toBeNull()
      expect(paged).toEqual(whole.rows)
    })
  })

  it('takes from as the first and to as the first not', () => {
    const window = { fromMs: startMs + 3 * 60_000, toMs: startMs + 5 * 60_000 }
    reading(lot(), (r) => {
      expect(r.query('stay', window).rows.map((s) => s.stayId)).toEqual(['s3', 's4'])
      expect(r.query('deduction', { ...window, plate: '测A00004' }).rows).toHaveLength(1)
      expect(r.query('deduction', { ...window, plate: '测A00009' }).rows).toEqual([])
    })
  })

  it('takes the rows of one lane alone', () => {
    reading(lot(), (r) => {
      const { rows } = r.query('deduction', {})
      const lanes = new Set(rows.map(({ laneId }) => laneId))
      expect(lanes.size).toBeGreaterThan(0)
      for (const laneId of lanes)
        expect(r.query('deduction', laneId === null ? {} : { laneId }).rows).toEqual(
          rows.filter((row) => row.laneId === laneId),
        )
      expect(r.query('deduction', { laneId: 'nowhere' }).rows).toEqual([])
      expect(r.query('payment', { laneId: 'nowhere' }).rows).toEqual([])
    })
  })

  it.each([
    ['a plate that is SQL', { plate: `x' OR 1=1 --` }],
    ['a stay that is SQL', { stayId: `'; DROP TABLE ledger_row; --` }],
    ['a seq that never was', { after: 1e9 }],
    ['a window that ends before it starts', { fromMs: startMs + 1, toMs: startMs }],
  ])('finds nothing for %s', (_, filter) => {
    reading(lot(), (r) => {
      for (const kind of queryKinds) expect(r.query(kind, filter).rows).toEqual([])
      expect(r.verify().ok).toBe(true)
    })
  })

  it.each([0, -5, Number.NaN, 1e9])('bounds a limit of %s', (limit) => {
    const { rows } = reading(lot(), (r) => r.query('stay', { limit }))
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.length).toBeLessThanOrEqual(cars)
  })
})

describe('timeline and totals', () => {
  it('gives the rows of one stay in order, each with its place in the chain', () => {
    const dir = lot()
    const { ledger } = openLedger(optionsFor(dir))
    const expected = [...ledger.rows(0)].filter((r) => r.stayId === 's4')
    ledger.close()
    expect(reading(dir, (r) => r.timeline('s4'))).toEqual(expected)
    expect(reading(dir, (r) => r.timeline('s0')[0]?.prevHash)).toBe('0'.repeat(64))
    expect(reading(dir, (r) => r.timeline('nobody'))).toEqual([])
  })

  it('names what cars of an open lot owe that left their spaces, by the end of their stays', () => {
    const left = (n: number, amountFen: number, end: OrderEnd | null, paid: readonly number[]) => {
      const refs = { atMs: startMs + n, laneId: 'street', stayId: `P${n}`, orderId: `PO${n}` }
      const spaceId = `space ${n}`
      const opened = { plate: null, colour: 'unknown', enteredAtMs: startMs, photo: null } as const
      const order = { tariffId: 't', fromMs: startMs, toMs: startMs, lines: [], plateRaw: null }
      const gone = { spaceId, leftAtMs: startMs, seenAtMs: startMs, by: 'space' } as const
      const rows: RowDraft[] = [
        { kind: 'stayOpened', ...refs, body: { ...opened, noEntry: false, spaceId } },
        { kind: 'spaceLeft', ...refs, body: gone },
        { kind: 'orderMade', ...refs, amountFen, body: { ...order, plate: null } },
      ]
      for (const [i, fen] of paid.entries()) {
        const body = { paymentId: `PP${n}${i}`, means: 'cash', by: 'a', reason: null } as const
        rows.push({ kind: 'payment', ...refs, amountFen: fen, body })
      }
      if (end !== null) rows.push({ kind: 'stayClosed', ...refs, body: { end, leftAtMs: startMs } })
      return rows
    }
    const back = (n: number, amountFen: number, byPeople: boolean): RowDraft => {
      const people = byPeople ? { byPeople: true as const } : {}
      const by = { operator: 'a', approvedBy: null, reason: 'r', outTradeNo: '', ...people }
      const refs = { atMs: startMs, stayId: `P${n}`, orderId: `PO${n}` }
      return { kind: 'refund', ...refs, amountFen, body: { refundId: `PR${n}`, ...by } }
    }
    const dir = lot([
      ...left(1, 600, null, []),
      ...left(2, 500, null, [200]),
      ...left(3, 300, 'other', [300]),
      ...left(4, 0, 'free', []),
      ...left(5, 700, 'later', []),
      ...left(6, 400, null, [400]),
      back(6, 400, false),
      ...left(7, 900, 'other', [900]),
      back(7, 900, true),
    ])
    const { left: sums } = reading(dir, (r) => r.totals())
    const ofEnd = Object.fromEntries(sums.map(({ end, ...sum }) => [end, sum]))
    expect(ofEnd).toEqual({
      open: { count: 3, orderFen: 1500, paidFen: 200 },
      other: { count: 2, orderFen: 1200, paidFen: 1200 },
      free: { count: 1, orderFen: 0, paidFen: 0 },
      later: { count: 1, orderFen: 700, paidFen: 0 },
    })
    expect(reading(lot(), (r) => r.totals()).left).toEqual([])
  })

  it('counts what the rows say, to the fen', () => {
    const totals = reading(lot(), (r) => r.totals())
    const amounts = Array.from({ length: cars }, (_, n) => 500 + (n % 7) * 100)
    const sum = (pick: (n: number) => boolean): number =>
      amounts.filter((_, n) => pick(n)).reduce((a, b) => a + b, 0)
    expect(totals).toMatchObject({
      stays: cars,
      ordersByEnd: { etc: 9, other: 3 },
      deductions: {
        paid: { count: 9, amountFen: sum((n) => n % 4 !== 0) },
        refused: { count: 3, amountFen: sum((n) => n % 4 === 0) },
      },
      payments: { cash: { count: 3, amountFen: sum((n) => n % 4 === 0) } },
      refunds: {},
      outbox: { confirmed: cars },
      amountFen: sum((n) => n % 4 !== 0),
    })
  })
})

describe('checked rows', () => {
  it('are the rows after one, each with its place in the chain', () => {
    const dir = lot()
    const { ledger } = openLedger(optionsFor(dir))
    const all = [...ledger.rows(0)]
    ledger.close()
    reading(dir, ({ checkedRows }) => {
      for (const seq of [0, 1, 5, all.length - 1, all.length])
        expect([...checkedRows(seq)]).toEqual(all.slice(seq))
    })
  })

  it.each([
    ['a changed row', 'UPDATE ledger_row SET atMs = atMs + 1 WHERE seq = 20', 20],
    ['a missing row', 'DELETE FROM ledger_row WHERE seq = 20', 21],
  ])('end with LEDGER-04 at %s', (_what, change, badSeq) => {
    const dir = lot()
    forge(dir, change)
    const seen: number[] = []
    const read = (): void =>
      reading(dir, ({ checkedRows }) => {
        for (const { seq } of checkedRows(15)) seen.push(seq)
      })
    expect(read).toThrow(
      expect.objectContaining({
        code: 'LEDGER-04',
        detail: expect.objectContaining({
          note: expect.objectContaining({ en: `row ${badSeq} does not fit the chain` }) as object,
        }) as object,
      }) as Error,
    )
    expect(seen).toEqual([16, 17, 18, 19])
    // A reader that starts after the damaged row is not affected.
    expect(() => reading(dir, ({ checkedRows }) => [...checkedRows(30)])).not.toThrow()
  })
})

describe('export', () => {
  it('gives each row with its hash and seals the bytes before the seal', () => {
    const lines = reading(lot(), (r) => [...r.exportLines(testSigner)])
    expect(lines).toHaveLength(89)
    let digest: Uint8Array = new Uint8Array(32)
    for (const line of lines.slice(0, -1))
      digest = testCrypto.sm3(Buffer.concat([digest, Buffer.from(line)]))
    const last: unknown = JSON.parse(lines.at(-1) ?? '')
    expect(last).toMatchObject({
      seal: { nodeId: 'lot-1', head: { seq: 88 }, digest: Buffer.from(digest).toString('hex') },
      certSerial: 'AB01',
    })
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ row: { seq: 3, kind: 'intent' } })
  })
})
