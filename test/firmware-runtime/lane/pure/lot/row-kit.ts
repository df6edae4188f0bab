// Ledger rows for tests of the lot: each call adds one fact of one car, numbered in order.
// Rows are made as the lanes make them, with their own sequence.
import type {
  LedgerRow,
  RowBodies,
  RowDraft,
  RowKind,
  RowRefs,
} from '#base/pure/rows/ledger-row.ts'

interface Written {
  readonly atMs?: number
  readonly laneId?: string
}

export const t0 = 1_795_156_200_000
export const minuteMs = 60_000

/** The row of a stay: a blue car that came in at that time, as its lane writes it. */
export const cameIn = (
  stayId: string,
  enteredAtMs: number,
  {
    atMs = enteredAtMs,
    laneId = 'entry',
    ...body
  }: Partial<RowBodies['stayOpened']> & Written = {},
): Extract<RowDraft, { kind: 'stayOpened' }> => ({
  kind: 'stayOpened',
  atMs,
  laneId,
  stayId,
  body: { plate: '测A12345', colour: 'blue', enteredAtMs, noEntry: false, photo: null, ...body },
})

export class Rows {
  readonly all: LedgerRow[] = []
  atMs = t0

  add<K extends RowKind>(kind: K, refs: RowRefs, body: RowBodies[K]): this {
    const at = { kind, atMs: this.atMs, ...refs, body }
    const chained = { ...at, nodeId: 'n', seq: this.all.length + 1, prevHash: '', hash: '' }
    this.all.push(chained as unknown as LedgerRow)
    return this
  }

  stay(n: number, plate: string | null = '测A12345', enteredAtMs = this.atMs): this {
    const body = { plate, colour: 'blue', enteredAtMs, noEntry: false, photo: null } as const
    return this.add('stayOpened', { laneId: 'entry', stayId: `n-S${n}` }, body)
  }
  order(n: number, amountFen = 500, o = n): this {
    const body = {
      tariffId: 't',
      fromMs: t0,
      toMs: this.atMs,
      lines: [],
      plate: 'x',
      plateRaw: 'x',
    }
    return this.add('orderMade', { ...refs(n, o), amountFen }, body)
  }
  intent(n: number, mode: 'card' | 'online' = 'online', amountFen = 500, d = 1, o = n): this {
    return this.add(
      'intent',
      { ...refs(n, o, d), amountFen },
      {
        chargeMode: mode,
        outTradeNo: `P${n}${d}`,
        plate: null,
        colour: 'blue',
        obuId: null,
        cardNo: `card${n}`,
      },
    )
  }
  armed(n: number, d = 1): this {
    return this.add('armed', refs(n, n, d), {
      obuId: `obu${n}`,
      cardNo: `card${n}`,
      cardType: 22,
      balanceBeforeFen: 1000,
      station0019Hex: '00',
      writeHex: '01',
      timeBcd: '20261120143000',
    })
  }
  outcome(
    n: number,
    state: 'paid' | 'refused' | 'unknown',
    source: RowBodies['outcome']['source'] = 'platform',
    reason = 'word',
    d = 1,
  ): this {
    const body = { state, source, reason, obuId: null, cardNo: null, proof: null }
    return this.add('outcome', { ...refs(n, n, d), amountFen: 500 }, body)
  }
  pay(n: number, means: RowBodies['payment']['means'] = 'etc', amountFen = 500, d = 1): this {
    const body = { paymentId: `n-M${this.all.length + 500}`, means, by: null, reason: null }
    return this.add('payment', { ...refs(n, n, d), amountFen }, body)
  }
  refund(n: number, amountFen = 500, d = 1): this {
    return this.add(
      'refund',
      { ...refs(n, n, d), amountFen },
      {
        refundId: `n-R${this.all.length + 700}`,
        outTradeNo: `P${n}${d}`,
        reason: 'paid twice',
        operator: 'system',
        approvedBy: null,
      },
    )
  }
  pass(n: number, cause: RowBodies['pass']['cause'], by: string | null = null): this {
    const body = { passId: `n-P${n + 900}`, cause, by, reason: null }
    return this.add('pass', { laneId: 'exit', stayId: `n-S${n}` }, body)
  }
  told(n: number): this {
    const body = { passId: `n-P${n + 900}`, command: 'open', result: 'told' } as const
    return this.add('barrier', { laneId: 'exit', stayId: `n-S${n}` }, body)
  }
  closed(n: number, end: RowBodies['stayClosed']['end']): this {
    return this.add(
      'stayClosed',
      { laneId: 'exit', stayId: `n-S${n}` },
      { end, leftAtMs: this.atMs },
    )
  }
  outbox(n: number, businessNo = `P${n}1`, op: RowBodies['outbox']['op'] = 'charge'): this {
    return this.add(
      'outbox',
      { ...refs(n, n, 1), amountFen: 500 },
      {
        outboxId: `n-U${this.all.length + 300}`,
        destination: 'platform',
        op,
        businessNo,
        body: '{}',
        bodySm3: 'aa',
      },
    )
  }
  /** An exception of this car that must be reported to the platform. */
  reported(n: number, exceptionNo: string): this {
    const none = { outTradeNo: null, plate: null, obuId: null, cardNo: null }
    const report = { exceptionNo, ...none }
    const body = { exceptionType: 1, reason: 'obuNotRead', detail: '', report }
    return this.add('exception', refs(n, n), body)
  }
  noTac(n: number): this {
    const body = { exceptionType: 10, reason: 'noTac', detail: '' }
    return this.add('exception', refs(n, n), body)
  }
  receipt(outboxId: string, state: RowBodies['outboxState']['state']): this {
    const none = { httpStatus: null, respCode: null, requestId: null, tradeNo: null, note: null }
    return this.add('outboxState', {}, { outboxId, state, attempt: 1, ...none })
  }
  /** A passage paid online, from entry to exit. */
  paidOnline(n: number): this {
    this.stay(n).order(n).intent(n).outbox(n).outcome(n, 'paid').pay(n)
    return this.pass(n, 'etc').told(n).closed(n, 'etc')
  }
}

const refs = (n: number, o: number, d?: number): RowRefs => ({
  laneId: 'exit',
  stayId: `n-S${n}`,
  orderId: `n-O${o}`,
  ...(d === undefined ? {} : { deductionId: `n-O${o}.D${d}` }),
})
