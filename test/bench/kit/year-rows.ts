// A year of a busy lot, passage by passage: when each car came, its plate, its means of payment, and its rows.
// Every day repeats the one before with other plates, so that one day written by the real writer stands for all.
import { dayMs, instantOf, isoOf } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'

export const firstMs = instantOf(2026, 1, 1)
/** 2,000,200 in 365 days. */
export const perDay = 5_480
const stayedMs = 3_600_000

export const dayNo = (n: number): number => Math.floor(n / perDay)
const carNo = (n: number): number => n % perDay

const provinces = ['桂', '粤', '湘']
const letters = [...'ABCDEFGHJ']
const heads = provinces.flatMap((province) => letters.map((letter) => `${province}${letter}`))
/** First characters of a day's plates: a car comes back after 27 days. */
export const headOf = (day: number): string => heads[day % heads.length] ?? ''
/** The part of ids that only this day has. */
export const markOf = (day: number): string => `x${String(day).padStart(3, '0')}x`

export const plateOf = (n: number): string =>
  `${headOf(dayNo(n))}${String((carNo(n) * 48_271) % 100_000).padStart(5, '0')}`
export const idOf = (letter: string, n: number): string =>
  `n1-${letter}${markOf(dayNo(n))}${String(carNo(n)).padStart(5, '0')}`
export const atOf = (n: number): number =>
  firstMs + dayNo(n) * dayMs + Math.floor((carNo(n) * dayMs) / perDay)
export const fenOf = (n: number): number => 100 * (1 + ((carNo(n) * 31) % 60))
export const meansOf = (n: number): 'etc' | 'cash' | 'qr' => {
  const part = carNo(n) % 10
  return part < 7 ? 'etc' : part < 9 ? 'qr' : 'cash'
}
const personNo = (no: number): string => `值班员${no % 12}`
export const personOf = (n: number): string | null =>
  meansOf(n) === 'cash' ? personNo(carNo(n) * 17) : null
export const laneOf = (n: number): string => `exit-${1 + (carNo(n) % 4)}`
/** Whether this car is one in `of`. */
const isOne = (n: number, of: number, at = 0): boolean => carNo(n) % of === at

const nobody = { by: null, reason: null }
const card = { obuId: '02001234', cardNo: '45011200000000012345' }

interface Car {
  readonly n: number
  readonly atMs: number
  readonly plate: string
  readonly refs: { readonly laneId: string; readonly stayId: string; readonly orderId: string }
  readonly amountFen: number
}

function carOf(n: number): Car {
  const refs = { laneId: laneOf(n), stayId: idOf('S', n), orderId: idOf('O', n) }
  return { n, atMs: atOf(n), plate: plateOf(n), refs, amountFen: fenOf(n) }
}

function entryRows({ n, atMs, plate, refs: { stayId } }: Car): readonly RowDraft[] {
  // A row has the time of its writing, and a stay's row is written when the car leaves.
  const entry = { atMs, laneId: 'entry', stayId }
  const late = isOne(n, 400, 7)
  const noEntry = isOne(n, 300, 11)
  const enteredAtMs = atMs - stayedMs
  const body = { plate: late ? null : plate, colour: 'blue', enteredAtMs, noEntry } as const
  return [
    { kind: 'stayOpened', ...entry, body: { ...body, photo: null } },
    { kind: 'event', ...entry, body: { type: 'passUsed', detail: 'entered' } },
    ...(late
      ? [
          {
            kind: 'plateRead' as const,
            ...entry,
            body: { plate, plateRaw: plate, colour: 'blue' as const, photo: null },
          },
        ]
      : []),
  ]
}

function etcRows({ n, atMs, plate, refs, amountFen }: Car): readonly RowDraft[] {
  const debit = { atMs, ...refs, deductionId: idOf('D', n), amountFen }
  const outTradeNo = idOf('X', n)
  const outboxId = idOf('U', n)
  const record = {
    outboxId,
    destination: 'platform',
    op: 'charge',
    businessNo: outTradeNo,
  } as const
  const answer = { attempt: 1, httpStatus: 200, respCode: '00000', requestId: null }
  const refundId = idOf('R', n)
  const back = { refundId, outTradeNo, reason: 'twice', operator: 'system', approvedBy: null }
  return [
    {
      kind: 'intent',
      ...debit,
      body: { chargeMode: 'online', outTradeNo, plate, colour: 'blue', ...card },
    },
    {
      kind: 'outcome',
      ...debit,
      body: { state: 'paid', source: 'platform', reason: 'paid', ...card, proof: null },
    },
    { kind: 'outbox', ...debit, body: { ...record, body: '{}', bodySm3: '00' } },
    {
      kind: 'outboxState',
      ...debit,
      body: { outboxId, state: 'confirmed', ...answer, tradeNo: null, note: null },
    },
    ...(isOne(n, 500)
      ? [
          { kind: 'refund' as const, ...debit, body: back },
          {
            kind: 'refundState' as const,
            atMs: atMs + 60_000,
            ...refs,
            body: { refundId, state: 'success' as const },
          },
        ]
      : []),
  ]
}

function codeRows({ n, atMs, refs, amountFen }: Car): readonly RowDraft[] {
  const attemptNo = idOf('A', n)
  const refundNo = idOf('B', n)
  const who = { requestedBy: personNo(1), approvedBy: personNo(2) }
  const paid = { row: 'state', attemptNo, state: 'paid', paidFen: amountFen, reason: '' } as const
  const steps: readonly PayRow[] = [
    { row: 'made', attemptNo, way: 'offer', amountFen },
    paid,
    { row: 'orderPaid', with: attemptNo },
    ...(isOne(n, 400, 8)
      ? [
          { row: 'refund', refundNo, attemptNo, amountFen, why: 'person', ...who } as const,
          { row: 'refundDone', refundNo, attemptNo } as const,
        ]
      : []),
  ]
  return steps.map((body): RowDraft => ({ kind: 'pay', atMs, ...refs, body }))
}

function cashRows({ atMs, refs }: Car): readonly RowDraft[] {
  return [{ kind: 'event', atMs, ...refs, body: { type: 'drawer', detail: '{"state":"sent"}' } }]
}

const meansRows = { etc: etcRows, qr: codeRows, cash: cashRows }

/** The rows of one paid car, without its pass rows, which no search reads. */
export function passageRows(n: number): readonly RowDraft[] {
  const car = carOf(n)
  const { atMs, plate, refs, amountFen } = car
  const means = meansOf(n)
  const exit = { atMs, ...refs }
  const times = { fromMs: atMs - stayedMs, toMs: atMs }
  const line = {
    ...times,
    rule: 'first',
    amountFen,
    text: { zh: '首小时', en: 'First hour' },
  } as const
  const odd = { exceptionType: 'obuNotRead', reason: 'obuNotRead', detail: '' } as const
  return [
    ...entryRows(car),
    {
      kind: 'orderMade',
      ...exit,
      amountFen,
      body: { tariffId: 'day', ...times, lines: [line], plate, plateRaw: plate },
    },
    ...(isOne(n, 50) ? [{ kind: 'exception' as const, ...exit, body: odd }] : []),
    ...meansRows[means](car),
    {
      kind: 'payment',
      ...exit,
      amountFen,
      body: { paymentId: idOf('M', n), means, by: personOf(n), reason: null },
    },
    {
      kind: 'stayClosed',
      ...exit,
      body: { end: means === 'etc' ? 'etc' : 'other', leftAtMs: atMs },
    },
  ]
}

/** Acts of people in a day, besides the cars. */
const actsADay = 40
/** `YYYY-MM-DD`. */
export const dayText = (day: number): string => isoOf(firstMs + day * dayMs).slice(0, 10)

/** A day's rows besides the cars. The drawer is never counted, so a day's books cover the whole year. */
export function dayRows(day: number): readonly RowDraft[] {
  const startMs = firstMs + day * dayMs
  const endMs = startMs + dayMs - 1
  const id = (letter: string, no: number): string => `n1-${letter}${markOf(day)}${no}`
  const acts = Array.from({ length: actsADay }, (_, no): RowDraft => ({
    kind: 'audit',
    atMs: startMs + Math.floor((no * dayMs) / actsADay),
    body: {
      act: no % 4 === 0 ? `day.drawer ${no}` : `lane.open exit-${1 + (no % 4)}`,
      by: personNo(no),
      role: 'attendant',
      reason: '',
      commandId: id('c', no),
      result: 'ok',
    },
  }))
  const sums = { day: dayText(day), expectedFen: 900, foundFen: 800 }
  const items = [1, 2, 3, 4].flatMap((no): RowDraft[] => {
    const itemId = id('item', no)
    const item = { itemId, ...sums, means: 'qr', kind: 'amountDiffers', ref: id('A', no) } as const
    const end = { row: 'end', itemId, how: 'explained', by: personNo(1), approvedBy: null } as const
    return [
      { kind: 'book', atMs: endMs, body: { row: 'item', owner: '', ...item } },
      { kind: 'book', atMs: endMs, body: { row: 'owner', itemId, owner: personNo(1) } },
      { kind: 'book', atMs: endMs, body: { ...end, reason: 'bill', evidence: 'line 1' } },
    ]
  })
  const reconciled = { row: 'reconciled', ...sums, differences: 4, by: '' } as const
  const counts = { equal: perDay, oursOnly: 0, theirsOnly: 0, amountDiffers: 4 }
  const sold = { paymentId: id('M', 0), means: 'cash', ...nobody, sold: id('pass', 0) } as const
  const boot = { repair: 'none', version: 'bench', mode: 'demo', lotId: 'bench' } as const
  return [
    { kind: 'boot', atMs: startMs, body: { ...boot, chargeMode: 'online' } },
    ...acts,
    { kind: 'payment', atMs: endMs, amountFen: 30_000, body: sold },
    ...items,
    { kind: 'book', atMs: endMs, body: { ...reconciled, counts } },
    { kind: 'book', atMs: endMs, body: { ...reconciled, means: 'etc' } },
  ]
}
