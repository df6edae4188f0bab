// Rows, frames, accesses and the platform's words as lanes and simulators write them, a car at a time.
import { pastOf } from '#acceptance/pure/past.ts'
import type { Combination } from '#acceptance/pure/combinations.ts'
import { noFacts, type AcceptanceFacts } from '#ledger/pure/facts.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import { declared, psamTerminal, record, startMs, bcdAt, written } from './lot-constants.ts'
import { SceneRows } from './scene-rows.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

export { declared, record, startMs } from './lot-constants.ts'

/** Cars of a scene, one after the other. */
export class Scene extends SceneRows {
  private debits = 0

  enters(): string {
    this.atMs += 60_000
    const stayId = `n1-S${++this.count}`
    this.row(cameIn(stayId, this.atMs))
    const passId = `${stayId}-in`
    const pass = { passId, cause: 'entry', by: null, reason: null } as const
    this.row({ kind: 'pass', atMs: this.atMs, laneId: 'entry', stayId, body: pass })
    const barrier = { passId, command: 'open', result: 'told' } as const
    this.row({ kind: 'barrier', atMs: this.atMs, laneId: 'entry', stayId, body: barrier })
    this.upload(stayId, null, 'entryRecord', 'operator', `E${stayId}`, 'entry')
    this.upload(stayId, null, 'plateRecord', 'operator', `P${stayId}`, 'entry')
    this.atMs += 1_000
    return stayId
  }

  private orders(stayId: string, amountFen = 300): void {
    this.row({
      kind: 'orderMade',
      atMs: this.atMs,
      stayId,
      orderId: `${stayId}.O`,
      laneId: 'exit',
      amountFen,
      body: { tariffId: 't', fromMs: 0, toMs: 1, lines: [], plate: '测A12345', plateRaw: null },
    })
  }

  /** A car within its free time. */
  freeCar(): void {
    const stayId = this.enters()
    this.orders(stayId, 0)
    this.leaves(stayId, 'free', 'free')
    this.records(stayId, null)
  }

  /** Order and intent of a car at the exit. */
  intends(
    stayId: string,
    chargeMode: 'card' | 'online',
  ): { deductionId: string; outTradeNo: string } {
    this.orders(stayId)
    const orderId = `${stayId}.O`
    const deductionId = `${orderId}.D1`
    const outTradeNo = `P${stayId}`
    const own = { stayId, orderId, laneId: 'exit', amountFen: 300 }
    this.row({
      kind: 'intent',
      atMs: this.atMs,
      ...own,
      deductionId,
      body: {
        chargeMode,
        outTradeNo,
        plate: '测A12345',
        colour: 'blue',
        obuId: null,
        cardNo: null,
      },
    })
    return { deductionId, outTradeNo }
  }

  leaves(stayId: string, cause: 'etc' | 'other' | 'free', end: 'etc' | 'other' | 'free'): void {
    const passId = `${stayId}-out`
    const at = { atMs: this.atMs, laneId: 'exit', stayId }
    this.row({ kind: 'pass', ...at, body: { passId, cause, by: null, reason: null } })
    this.row({ kind: 'barrier', ...at, body: { passId, command: 'open', result: 'told' } })
    this.row({ kind: 'stayClosed', ...at, body: { end, leftAtMs: this.atMs } })
  }

  pays(stayId: string, deductionId: string | null, means: 'etc' | 'cash'): void {
    const own = { stayId, orderId: `${stayId}.O`, laneId: 'exit', amountFen: 300 }
    const by = means === 'cash' ? '李四' : null
    const body = { paymentId: `${stayId}.M`, means, by, reason: null }
    const of = deductionId === null ? {} : { deductionId }
    this.row({ kind: 'payment', atMs: this.atMs, ...own, ...of, body })
  }

  cardCar(one: Combination, cardNo: string): void {
    const stayId = this.enters()
    const { deductionId, outTradeNo } = this.intends(stayId, 'card')
    const obuId = '1A2B3C4D'
    const timeBcd = bcdAt(this.atMs)
    const read = record(one.record)
    const deviceType = one.pieces === 1 ? 'singlePiece' : 'twoPiece'
    const card = {
      cardType: one.cardType,
      network: cardNo.slice(0, 4),
      cardNumber: cardNo.slice(4),
    }
    const balance = 50_000
    this.frame(stayId, 'in', 'B2', { obuId, error: 'ok', deviceType })
    this.frame(stayId, 'in', 'B4', { obuId, error: 'ok', card, balance, station: read })
    this.row({
      kind: 'armed',
      atMs: this.atMs,
      stayId,
      deductionId,
      laneId: 'exit',
      body: {
        obuId,
        cardNo,
        cardType: one.cardType,
        balanceBeforeFen: 50_000,
        station0019Hex: read,
        timeBcd,
        writeHex: written(read, this.atMs),
      },
    })
    const station = written(read, this.atMs)
    this.frame(stayId, 'out', 'C6', { obuId, amount: 300, time: timeBcd, station })
    const balanceAfter = one.cardType === 22 ? 49_700 : 50_000
    const tac = '0A1B2C3D'
    const proven = { tac, cardSerial: 8, psamTerminal, psamSerial: ++this.debits, transType: '09' }
    const told = { ...proven, time: timeBcd, balanceAfter, algorithm: one.algorithm }
    this.frame(stayId, 'in', 'B5', { obuId, error: 'ok', ...told })
    const proof = { ...proven, timeBcd, balanceAfterFen: balanceAfter }
    const body = { state: 'paid', source: 'b5', reason: 'paid', obuId, cardNo, proof } as const
    this.row({
      kind: 'outcome',
      atMs: this.atMs,
      stayId,
      deductionId,
      laneId: 'exit',
      amountFen: 300,
      body,
    })
    this.pays(stayId, deductionId, 'etc')
    this.upload(stayId, deductionId, 'exitUpload', 'platform', outTradeNo)
    this.leaves(stayId, 'etc', 'etc')
    this.records(stayId, deductionId)
    this.words.push({
      kind: 'charge',
      businessNo: outTradeNo,
      says: 'has',
      state: 'SUCCESS',
      amountFen: 300,
    })
  }

  /** What the platforms of table G.1 are sent in addition to the charge; null: the car left without one. */
  records(stayId: string, deductionId: string | null): void {
    if (deductionId !== null)
      this.upload(stayId, deductionId, 'exitRecord', 'operator', `P${stayId}`)
    this.upload(stayId, null, 'plateRecord', 'operator', `Q${stayId}`)
    this.upload(stayId, null, 'plateRecord', 'platform', `R${stayId}`)
  }

  onlineCar(state: 'paid' | 'refused', isQueried = false): string {
    const stayId = this.enters()
    const { deductionId, outTradeNo } = this.intends(stayId, 'online')
    const refusal = { state: 'rejected', httpStatus: 422, respCode: '300010', note: 'insufficient' }
    const answer = state === 'paid' ? {} : refusal
    this.upload(stayId, deductionId, 'charge', 'platform', outTradeNo, 'exit', answer)
    if (isQueried) this.access('chargeQuery', `RQ${stayId}`)
    const body = {
      state,
      source: 'platform',
      reason: state,
      obuId: null,
      cardNo: null,
      proof: null,
    } as const
    this.row({
      kind: 'outcome',
      atMs: this.atMs,
      stayId,
      deductionId,
      laneId: 'exit',
      amountFen: 300,
      body,
    })
    if (state === 'paid') this.pays(stayId, deductionId, 'etc')
    else this.refused(stayId)
    this.leaves(stayId, state === 'paid' ? 'etc' : 'other', state === 'paid' ? 'etc' : 'other')
    if (state !== 'paid') this.tells(stayId)
    const isPaid = state === 'paid'
    this.records(stayId, isPaid ? deductionId : null)
    this.words.push({
      kind: 'charge',
      businessNo: outTradeNo,
      says: 'has',
      state: isPaid ? 'SUCCESS' : '300010 insufficient',
      amountFen: isPaid ? 300 : null,
    })
    return stayId
  }

  refused(stayId: string, exceptionType: 'refused' | 'obuNotRead' | 'noAnswerTwice' = 'refused') {
    if (!this.rows.some((row) => row.kind === 'orderMade' && row.stayId === stayId))
      this.orders(stayId)
    this.excepted(stayId, exceptionType, exceptionType)
    this.pays(stayId, null, 'cash')
  }

  /** `stayId` is null when the car has no stay yet. */
  private excepted(stayId: string | null, exceptionType: ExceptionWord, reason: string): void {
    const report = { outTradeNo: null, plate: null, obuId: null, cardNo: null }
    const exceptionNo = `X${++this.count}`
    const body = { exceptionType, reason, detail: '', report: { ...report, exceptionNo } }
    const own = stayId === null ? {} : { stayId }
    this.row({ kind: 'exception', atMs: this.atMs, ...own, laneId: 'exit', body })
  }

  /** The newest exception is uploaded to the platform. */
  private tells(stayId: string): void {
    const row = this.rows.findLast((one) => one.kind === 'exception')
    const no = row?.kind === 'exception' ? row.body.report?.exceptionNo : undefined
    this.upload(stayId, null, 'exception', 'platform', no ?? '')
  }

  withoutObu(): void {
    const stayId = this.enters()
    this.refused(stayId, 'obuNotRead')
    this.leaves(stayId, 'other', 'other')
    this.tells(stayId)
    this.records(stayId, null)
  }

  /** A car without a plate: a person finds its stay and takes cash. */
  withoutPlate(): void {
    const stayId = this.enters()
    this.excepted(null, 'other', 'plateNotRead')
    this.orders(stayId)
    this.pays(stayId, null, 'cash')
    this.leaves(stayId, 'other', 'other')
    this.tells(stayId)
    this.records(stayId, null)
  }

  /** The platform is silent twice, and gets the exception once it answers again. */
  withoutAnswer(): void {
    const stayId = this.enters()
    this.refused(stayId, 'noAnswerTwice')
    this.leaves(stayId, 'other', 'other')
    this.tells(stayId)
    this.records(stayId, null)
  }

  /** The same with the rows of its charge; `isSettled`: a query then found that the platform has no such charge. */
  silentCharge(isSettled: boolean): void {
    const stayId = this.enters()
    const { deductionId, outTradeNo } = this.intends(stayId, 'online')
    const outboxId = this.upload(
      stayId,
      deductionId,
      'charge',
      'platform',
      outTradeNo,
      'exit',
      null,
    )
    const own = { stayId, deductionId, laneId: 'exit' }
    const said = (state: 'unknown' | 'refused', reason: string): void =>
      this.row({
        kind: 'outcome',
        atMs: this.atMs,
        ...own,
        amountFen: 300,
        body: { state, source: 'platform', reason, obuId: null, cardNo: null, proof: null },
      })
    said('unknown', 'noAnswerTwice')
    this.refused(stayId, 'noAnswerTwice')
    this.leaves(stayId, 'other', 'other')
    this.tells(stayId)
    this.records(stayId, null)
    this.words.push({
      kind: 'charge',
      businessNo: outTradeNo,
      says: 'hasNot',
      state: 'notFound',
      amountFen: null,
    })
    if (!isSettled) return
    this.atMs += 30_000
    this.answered(own, outboxId, { state: 'rejected', httpStatus: 404, note: 'notFound' })
    said('refused', 'notFound')
  }

  /** A refused car that pays by other means. */
  refusedCar(): string {
    const stayId = this.enters()
    this.refused(stayId)
    this.leaves(stayId, 'other', 'other')
    this.tells(stayId)
    this.records(stayId, null)
    return stayId
  }

  /** The drawer is counted: the shift goes to the operator. */
  counts(): void {
    this.atMs += 60_000
    const sums = { beforeFen: 0, takenFen: 900, countedFen: 900, leftFen: 0 }
    const body = {
      row: 'counted',
      fromMs: startMs,
      ...sums,
      etc: { count: 16, fen: 4_800 },
      by: '李四',
    }
    this.row({ kind: 'book', atMs: this.atMs, body: { ...body, row: 'counted' } })
    this.upload('', null, 'shiftRecord', 'operator', `G${this.count}`)
    this.access('shiftUpload', 'R-shiftUpload', 'operator')
  }

  refunded(stayId: string): void {
    const refundId = `F${stayId}`
    const own = { stayId, deductionId: `${stayId}.O.D1`, amountFen: 300 }
    const refund = {
      refundId,
      outTradeNo: `P${stayId}`,
      reason: 'r',
      operator: 'a',
      approvedBy: 'b',
    }
    this.row({ kind: 'refund', atMs: this.atMs, ...own, body: refund })
    this.upload(stayId, own.deductionId, 'refund', 'platform', refundId)
    for (const state of ['pending', 'approved', 'success'] as const) {
      this.atMs += 1_000
      if (state !== 'pending') this.access('refundQuery', `R-${refundId}-${state}`)
      this.row({ kind: 'refundState', atMs: this.atMs, stayId, body: { refundId, state } })
    }
    this.words.push({
      kind: 'refund',
      businessNo: refundId,
      says: 'has',
      state: 'REFUNDED',
      amountFen: 300,
    })
  }

  facts(over: Partial<AcceptanceFacts>): AcceptanceFacts {
    const { rows, frames, accesses, words } = this
    const lanes = [
      { laneId: 'entry', direction: 'entry', hasAntenna: false },
      { laneId: 'exit', direction: 'exit', hasAntenna: true },
    ] as const
    const nowMs = startMs + 9 * dayMs
    const past = pastOf(rows, { words, stamps: [] }, true)
    return { ...noFacts, ...declared, lanes, nowMs, rows, past, frames, accesses, words, ...over }
  }
}
