// Shared by the tests of stored fold state: folds of rows, a text that distinguishes any two states, and ledgers generated
// from numbers, in which every kind of row occurs in any order that the fold accepts.
import { emptyFolded, foldInto, type Folded } from '#ledger/pure/fold/folded.ts'
import { foldSnapshot, restoreFold } from '#ledger/pure/fold/snapshot.ts'
import { outboxRowIn, type OutboxRowAt } from '#ledger/pure/queue/records.ts'
import { Resting } from '#ledger/pure/queue/resting.ts'
import type { LedgerRow, RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { RowKind, RowRefs } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { t0 } from '../../../lane/pure/lot/row-kit.ts'
import { carObu } from '../../../lane/pure/open/open-kit.ts'

export function foldOn(folded: Folded, rows: readonly LedgerRow[], startMonoMs: number): Folded {
  for (const row of rows) foldInto(folded, row, startMonoMs)
  return folded
}

const rowAtOf = (rows: readonly LedgerRow[]): OutboxRowAt =>
  outboxRowIn((seq) => rows.filter((row) => row.seq === seq + 1))

export const foldAll = (rows: readonly LedgerRow[], startMonoMs: number): Folded =>
  foldOn(emptyFolded(rowAtOf(rows)), rows, startMonoMs)

/** A full copy through a snapshot, as after writing and reading a file. */
export const throughCopy = (
  folded: Folded,
  startMonoMs: number,
  rows: readonly LedgerRow[] = [],
): Folded => restoreFold(structuredClone(foldSnapshot(folded)), startMonoMs, rowAtOf(rows))

/**
 * Everything in a state, in order, with shared objects marked. It knows no member by name, so it also shows
 * what a snapshot leaves out.
 */
export function stateText(state: unknown): string {
  const seen = new Map<object, number>()
  const write = (value: unknown): string => {
    if (value instanceof Resting) return write(value.state())
    if (typeof value !== 'object' || value === null)
      return value === undefined ? 'undefined' : JSON.stringify(value)
    const known = seen.get(value)
    if (known !== undefined) return `#${known}`
    seen.set(value, seen.size)
    const name = `#${seen.size - 1}`
    if (value instanceof Map || value instanceof Set || Array.isArray(value))
      return `${name}[${[...(value as Iterable<unknown>)].map(write).join(',')}]`
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `${name}{${members.map(([key, item]) => `${key}:${write(item)}`).join(',')}}`
  }
  return write(state)
}

/** A ledger under construction, with its fold beside it so that references can be drawn from it. */
export class MadeUp {
  readonly rows: LedgerRow[] = []
  readonly folded: Folded = emptyFolded(outboxRowIn((seq) => this.rows.slice(seq, seq + 1)))
  private readonly outboxIds: string[] = []
  private lastNumber = 0

  private id(letter: string): string {
    return `n-${letter}${++this.lastNumber}`
  }

  private add<K extends RowKind>(kind: K, refs: RowRefs, body: RowBodies[K]): void {
    const seq = this.rows.length + 1
    const hash = seq.toString(16).padStart(64, 'a')
    const draft = {
      kind,
      atMs: t0 + seq * 1000,
      ...refs,
      body,
      nodeId: 'n',
      seq,
      prevHash: '',
      hash,
    }
    // Parsed anew, as from a file: no two rows share an object.
    const row = JSON.parse(JSON.stringify(draft)) as LedgerRow
    this.rows.push(row)
    foldInto(this.folded, row, 0)
  }

  /** Adds the row that the two numbers select, or nothing when the state has nothing to refer to. */
  take(act: number, which: number): void {
    const acts = [
      () => this.enters(which),
      () => this.enters(which),
      () => this.ordered(which),
      () => this.intended(which),
      () => this.armed(which),
      () => this.settled(which),
      () => this.paid(which),
      () => this.passes(which),
      () => this.leaves(which),
      () => this.uploads(which),
      () => this.receipts(which),
      () => this.others(which),
    ]
    present(acts[act % acts.length], 'an act')()
  }

  private pick<T>(map: ReadonlyMap<string, T>, which: number): T | undefined {
    return [...map.values()][which % Math.max(1, map.size)]
  }

  private enters(which: number): void {
    const plate = which % 5 === 0 ? null : `测A1234${which % 4}`
    const [noEntry, photo] = [which % 3 === 0, which % 2 === 0 ? null : 'p1']
    const body = { plate, colour: 'blue', enteredAtMs: t0 - which, noEntry, photo } as const
    const refs = { laneId: 'entry', stayId: this.id('S') }
    this.add('stayOpened', refs, body)
    const late = {
      plate: `测A1235${which % 4}`,
      plateRaw: 'x',
      colour: 'green',
      photo: 'p2',
    } as const
    if (which % 10 === 0) this.add('plateRead', refs, late)
    if (which % 7 === 0) this.parks(which)
  }

  /** In an open lot: a car takes a space, its OBU is read, it leaves. */
  private parks(which: number): void {
    const spaceId = `P${which % 4}`
    const refs = { laneId: 'watch', stayId: this.id('S') }
    const body = { plate: null, colour: 'unknown', enteredAtMs: t0, noEntry: false } as const
    this.add('stayOpened', refs, { ...body, photo: null, spaceId })
    const read = { spaceId, obu: carObu, proof: null, why: '', by: null }
    if (which % 14 === 0) this.add('zeroRecord', refs, read)
    const left = { spaceId, leftAtMs: t0 + which, seenAtMs: t0 } as const
    if (which % 21 === 0) this.add('spaceLeft', refs, { ...left, by: 'space' })
  }

  private ordered(which: number): void {
    const stay = this.pick(this.folded.lot.stays, which)
    if (stay === undefined) return
    const text = { zh: '首时段', en: 'first period' }
    const line = { fromMs: t0, toMs: t0 + which, rule: 'first', amountFen: 300, text } as const
    const lines = which % 2 === 0 ? [line] : []
    const refs = { laneId: 'exit', stayId: stay.stayId, orderId: this.id('O'), amountFen: which }
    const cover = which % 5 === 0 ? [{ no: 'M0', fromMs: t0, toMs: t0 + which }] : undefined
    const priced = { tariffId: 't', fromMs: t0, toMs: t0 + which, lines, plate: stay.plate }
    const covered = cover === undefined ? priced : { ...priced, cover }
    const codes = this.folded.lot.coupons.byStay.get(stay.stayId) ?? []
    const coupons = codes.map((code, i) => ({ code, amountFen: i }))
    const owed = [...this.folded.lot.arrears.values()].slice(0, which % 2)
    const arrears = owed.map(({ orderId, amountFen }) => ({ orderId, amountFen }))
    const terms = { no: 'M1', perYuan: 2, perVisit: 3, validDays: which % 7 === 0 ? 1 : 300 }
    const earns = which % 4 === 0 ? { earns: terms } : {}
    const before = which % 6 === 0 ? { before: { freeUsedMs: which, days: [] } } : {}
    const body = {
      ...covered,
      ...before,
      ...earns,
      ...(which % 3 === 0 ? {} : { coupons, arrears }),
    }
    this.add('orderMade', refs, { ...body, plateRaw: which % 3 === 0 ? null : 'x' })
  }

  private intended(which: number): void {
    const order = this.pick(this.folded.lot.orders, which)
    if (order === undefined) return
    const { stayId, orderId, amountFen } = order
    const refs = { laneId: 'exit', stayId, orderId, deductionId: this.id('D'), amountFen }
    this.add('intent', refs, {
      chargeMode: which % 2 === 0 ? 'card' : 'online',
      outTradeNo: `P${which}`,
      plate: null,
      colour: 'blue',
      obuId: which % 3 === 0 ? null : '11111111',
      cardNo: which % 4 === 0 ? null : `card${which % 3}`,
    })
  }

  private deductionRefs(which: number): RowRefs | null {
    const found = this.pick(this.folded.lot.deductions, which)
    if (found === undefined) return null
    const { laneId, stayId, orderId, deductionId, amountFen } = found
    return { laneId, stayId, orderId, deductionId, amountFen }
  }

  private armed(which: number): void {
    const refs = this.deductionRefs(which)
    if (refs === null) return
    const hex = { station0019Hex: '00', writeHex: '01', timeBcd: '20261120143000' }
    const card = { obuId: '22222222', cardNo: 'card9', cardType: 22, balanceBeforeFen: which }
    this.add('armed', refs, { ...card, ...hex })
  }

  private settled(which: number): void {
    const refs = this.deductionRefs(which)
    if (refs === null) return
    const state = (['paid', 'refused', 'unknown'] as const)[which % 3] ?? 'paid'
    const ids = { obuId: null, cardNo: which % 2 === 0 ? null : `card${which % 5}` }
    this.add('outcome', refs, {
      state,
      source: 'platform',
      reason: `w${which}`,
      ...ids,
      proof: null,
    })
  }

  private paid(which: number): void {
    const order = this.pick(this.folded.lot.orders, which)
    if (order === undefined) return
    const { stayId, orderId } = order
    const refs = { laneId: 'exit', stayId, orderId, amountFen: which }
    if (which % 4 === 0) {
      const words = { outTradeNo: 'P1', reason: 'paid twice', operator: 'system' }
      this.add('refund', refs, { refundId: this.id('R'), ...words, approvedBy: null })
    } else {
      const means = which % 2 === 0 ? 'etc' : 'cash'
      this.add('payment', refs, { paymentId: this.id('M'), means, by: null, reason: null })
    }
  }

  private pays(which: number): void {
    const order = this.pick(this.folded.lot.orders, which)
    if (order === undefined) return
    const { stayId, orderId, amountFen } = order
    const known = this.folded.lot.pays.get(orderId)?.order.attempts ?? []
    const attemptNo = `lot-${orderId}P${Math.max(1, known.length + (which % 2))}`
    const refund = { refundNo: `${attemptNo}R1`, attemptNo }
    const asked = { why: 'late', requestedBy: null, approvedBy: null } as const
    const made = { row: 'made', attemptNo, way: 'offer', amountFen } as const
    const step = [
      made,
      { row: 'state', attemptNo, state: 'pending', paidFen: 0, reason: 'open' },
      { row: 'state', attemptNo, state: 'paid', paidFen: amountFen, reason: 'paid' },
      { row: 'refund', ...refund, amountFen, ...asked },
      { row: 'refundDone', ...refund },
      { row: 'refundRefused', ...refund, reason: 'TOO_MUCH' },
      { row: 'item', attemptNo, reason: 'openAtDayEnd' },
      { row: 'orderPaid', with: 'cash' },
    ] as const
    const body = known.length === 0 ? made : (step[which % step.length] ?? made)
    this.add('pay', { laneId: 'exit', stayId, orderId }, body)
  }

  private passes(which: number): void {
    const { lot } = this.folded
    const stay = this.pick(lot.stays, which)
    const pass = this.pick(lot.passByLane, which)
    const laneId = which % 2 === 0 ? 'exit' : 'entry'
    if (which % 3 === 0 && pass !== undefined) {
      const body = { passId: pass.passId, command: 'open', result: 'told' } as const
      this.add('barrier', { laneId: pass.laneId, stayId: pass.stayId }, body)
    } else if (which % 3 === 1 && pass !== undefined) {
      const body = { type: 'passUsed', detail: '' } as const
      this.add('event', { laneId: pass.laneId, stayId: pass.stayId }, body)
    } else if (stay !== undefined) {
      const body = { passId: this.id('P'), cause: 'etc', by: null, reason: null } as const
      this.add('pass', { laneId, stayId: stay.stayId }, body)
    }
  }

  private leaves(which: number): void {
    const stay = this.pick(this.folded.lot.stays, which)
    if (stay === undefined) return
    const refs = { laneId: 'exit', stayId: stay.stayId }
    this.add('stayClosed', refs, { end: 'etc', leftAtMs: t0 + which })
  }

  private uploads(which: number): void {
    const op = (['charge', 'exitUpload', 'exception', 'refund'] as const)[which % 4] ?? 'charge'
    const refs = which % 5 === 0 ? null : this.deductionRefs(which)
    const outboxId = this.id('U')
    this.outboxIds.push(outboxId)
    const destination = which % 7 === 0 ? 'operator' : 'platform'
    const [report] = this.folded.lot.reports.ended.keys()
    const businessNo = op === 'exception' ? (report ?? `P${which}`) : `P${which}`
    const numbers = { outboxId, destination, op, businessNo }
    // Rows of older versions have no `cardNo`.
    const named = op === 'exitUpload' && which % 3 !== 0 ? { cardNo: `card${which % 5}` } : {}
    this.add('outbox', refs ?? {}, { ...numbers, ...named, body: '{}', bodySm3: '' })
  }

  private receipts(which: number): void {
    const outboxId = this.outboxIds[which % Math.max(1, this.outboxIds.length)]
    if (outboxId === undefined) return
    const states = ['confirmed', 'held', 'rejected', 'new', 'unknown', 'sending'] as const
    const none = { httpStatus: null, respCode: null, requestId: null, tradeNo: null }
    const state = states[(which >> 3) % states.length] ?? 'held'
    const note = which % 2 === 0 ? null : 'n'
    this.add('outboxState', {}, { outboxId, state, attempt: which % 4, ...none, note })
  }

  private reports(which: number): void {
    const stay = which % 3 === 0 ? undefined : this.pick(this.folded.lot.stays, which)
    const refs = { laneId: 'exit', ...(stay === undefined ? {} : { stayId: stay.stayId }) }
    const none = { outTradeNo: null, plate: null, obuId: null, cardNo: null }
    const report = { exceptionNo: this.id('X'), ...none }
    this.add('exception', refs, { exceptionType: 1, reason: 'obuNotRead', detail: '', report })
  }

  private members(which: number): void {
    const no = `M${which % 3}`
    if (which % 5 === 0) this.add('member', {}, { row: 'reversed', no })
    else {
      const plates = which % 2 === 0 ? ['测A12341', '测A12342'] : ['*警']
      const days = { from: '2026-11-01', until: which % 3 === 0 ? null : '2026-12-31' }
      const member = { no, kind: 'period', name: '张', plates, spaces: 1, areas: null } as const
      this.add('member', {}, { row: 'issued', member: { ...member, ...days } })
    }
  }

  private coupons(number: number): void {
    const which = number >> 3
    const code = `YH${which % 4}`
    const stay = this.pick(this.folded.lot.stays, which)
    const days = { from: '2026-11-01', until: which % 7 === 0 ? '2020-01-01' : '2026-12-31' }
    const plain = { code, merchant: 'm', kind: 'amount', value: 100, ...days, batch: 'b' } as const
    const points = { no: 'M1', points: which, fenPerPoint: 10 }
    const coupon = which % 2 === 1 ? { ...plain, points } : plain
    const limits = { name: 'm', dayCount: which, monthCount: null, dayFen: null, monthFen: null }
    const owed = this.pick(this.folded.lot.arrears, which)
    const turn = which % 6
    if (turn === 0 || (turn === 1 && number % 2 === 0))
      this.add('coupon', {}, { row: 'issued', coupon })
    else if (turn === 2 && owed !== undefined)
      this.add('arrears', {}, { row: 'waived', orderId: owed.orderId })
    else if (turn === 3) this.add('coupon', {}, { row: 'givenBack', code })
    else if (turn === 4 && number % 2 === 0) {
      this.add('coupon', {}, { row: 'merchant', merchant: limits })
      this.add('points', {}, { row: 'brought', no: 'M1', points: which, until: days.until })
    } else if (turn === 5 && which % 5 === 0) this.add('coupon', {}, { row: 'voided', code })
    else if (stay !== undefined) this.add('coupon', { stayId: stay.stayId }, { row: 'used', code })
  }

  private others(which: number): void {
    const who = { by: 'Guo', role: 'attendant', reason: 'test' }
    const signature = { signature: '', certSerial: '' }
    const all = [
      () => this.add('audit', {}, { act: 'a', ...who, commandId: `c${which}`, result: 'done' }),
      () => this.add('signIn', {}, { psamNo: 'p', validUntilMs: t0 + which, status: 1 }),
      () => this.add('checkpoint', {}, { headSeq: 1, headHash: '', ...signature }),
      () => this.add('boot', {}, { repair: 'B', version: 'v', mode: 'demo', chargeMode: 'online' }),
      () => this.add('exception', {}, { exceptionType: 10, reason: 'noTac', detail: '' }),
      () => this.reports(which),
      () => this.pays(which),
      () => this.members(which),
      () => this.coupons(which),
      () => this.coupons(which),
    ]
    present(all[which % all.length], 'a row')()
  }
}
