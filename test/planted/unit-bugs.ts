// Bugs that no replay shows: each is planted under a quick test, which must fail by the named check.
// They were found by planting, when every test of the time passed with them in.
import type { Change } from './plant.ts'

export interface UnitBug extends Change {
  /** Under test/firmware-runtime/. */
  readonly test: string
  /** Name of a test that must fail with it. */
  readonly sees: RegExp
}

const pay = 'core/pay/machine.test.ts'
const billing = { file: 'core/billing/price.ts', test: 'core/billing/tariff.test.ts' } as const
const limits = { file: 'core/etc/offline.ts', test: 'core/etc/offline.test.ts' } as const

export const unitBugs: readonly UnitBug[] = [
  {
    name: 'processing taken as paid',
    file: 'core/queue/answer.ts',
    find: '  switch (verdict.kind) {',
    plant: `  if (verdict.kind === 'processing') verdict = { kind: 'confirmed', tradeNo: null }
  switch (verdict.kind) {`,
    test: 'core/queue/queue-receipts.test.ts',
    sees: /opens at none of the three steps/,
  },
  {
    name: 'processing of the platform told as confirmed',
    file: 'adapters/http/platform-uploader.ts',
    find: "      return { kind: 'processing' }\n    case 'notFound'",
    plant: "      return { kind: 'confirmed', tradeNo: null }\n    case 'notFound'",
    test: 'adapters/http/platform-uploader.test.ts',
    sees: /in work is not paid/,
  },
  {
    ...billing,
    name: 'a cap that cuts one fen late',
    find: 'Math.min(periods.dueFen, tightest.leftFen)',
    plant: 'Math.min(periods.dueFen, tightest.leftFen + 1)',
    sees: /a cap of 1899 costs 1899/,
  },
  {
    ...billing,
    name: 'largest order one fen late',
    find: 'amountFen > fenMax',
    plant: 'amountFen > fenMax + 1',
    sees: /exactly one million yuan/,
  },
  {
    name: 'a band over midnight that ends there',
    file: 'core/billing/bands.ts',
    find: 'if (next.band !== piece.band)',
    plant: 'if (next.band >= 0)',
    test: 'core/billing/tariffs-page.test.ts',
    sees: /a run goes on behind midnight/,
  },
  {
    name: 'an edition one ms late',
    file: 'core/billing/tariff.ts',
    find: 'instantOfIso(validFrom) <= atMs',
    plant: 'instantOfIso(validFrom) < atMs',
    test: 'core/billing/properties.test.ts',
    sees: /at the very ms of the change/,
  },
  {
    ...limits,
    name: 'cap of one charge one fen late',
    find: 'amountFen > caps.perChargeFen',
    plant: 'amountFen > caps.perChargeFen + 1',
    sees: /one charge: one fen above/,
  },
  {
    ...limits,
    name: 'cap of exposure one fen late',
    find: '+ amountFen > caps.totalFen',
    plant: '+ amountFen > caps.totalFen + 1',
    sees: /money at risk: one fen above/,
  },
  {
    ...limits,
    name: 'cap of a card one fen late',
    find: '+ amountFen > caps.perCardFen',
    plant: '+ amountFen > caps.perCardFen + 1',
    sees: /one card: one fen above/,
  },
  {
    name: 'records that rest stay objects',
    file: 'core/queue/records.ts',
    find: 'this.all.set(record.outboxId, lineOf(record))',
    plant: 'this.all.set(record.outboxId, (lineOf(record), record) as never)',
    test: 'core/queue/records.test.ts',
    sees: /weighs a line for each record/,
  },
  {
    name: 'money at risk never goes down',
    file: 'core/queue/records.ts',
    find: 'this.#atRiskFen += by * amountFen',
    plant: 'this.#atRiskFen += amountFen',
    test: 'core/queue/records.test.ts',
    sees: /keeps the sums that counting gives/,
  },
  {
    name: 'one checkpoint for all rows of a year',
    file: 'app/lot/checkpoint-writer.ts',
    find: 'Math.min(head.seq, fromSeq + checkpointRowsMax)',
    plant: 'head.seq + 0 * checkpointRowsMax',
    test: 'app/lot/checkpoint-writer.test.ts',
    sees: /vouches for rows without end/,
  },
  {
    name: 'timers follow the wall clock',
    file: 'adapters/clocks/system-clocks.ts',
    find: 'Number((process.hrtime.bigint() - startNs) / 1000n)',
    plant: 'Date.now() * 1000 - Number(startNs - startNs)',
    test: 'adapters/clocks/system-clocks.test.ts',
    sees: /a day back moves no timer/,
  },
  {
    name: 'retries follow the wall clock',
    file: 'app/lot/lot-ledger.ts',
    find: 'return Math.floor(this.parts.mono.nowUs() / 1000)',
    plant: 'return this.parts.business.nowMs()',
    test: 'app/lot/lot-clock.test.ts',
    sees: /moves that try neither way: a day ahead/,
  },
  {
    name: 'a driver is told the wall clock',
    file: 'app/hosts/device-host.ts',
    find: 'atMs: Math.floor(monoUs / 1000), businessNowMs',
    plant: 'atMs: businessNowMs, businessNowMs',
    test: 'app/hosts/set-clock.test.ts',
    sees: /clock is set a day back/,
  },
  {
    name: 'a driver on HTTP is told the wall clock',
    file: 'app/hosts/http-device-host.ts',
    find: '{ atMs: Math.floor(monoUs / 1000), wallMs: wall.nowMs() }',
    plant: '{ atMs: wall.nowMs(), wallMs: wall.nowMs() }',
    test: 'app/hosts/set-clock.test.ts',
    sees: /clock is set a day back/,
  },
  {
    name: 'exception told before the end of its car',
    file: 'core/lot/exception-reports.ts',
    find: '      else if (isOpen) add(byStay, stayId, [report])\n',
    plant: '',
    test: 'app/lot/exception-uploads.test.ts',
    sees: /told to nobody while it stands there/,
  },
  {
    name: 'exception of a car that paid by its tag told as other payment',
    file: 'core/lot/exception-reports.ts',
    find: "  etc: () => 'retriedOk',",
    plant: "  etc: () => 'otherPayment',",
    test: 'app/lot/exception-uploads.test.ts',
    sees: /pays by its tag after all/,
  },
  {
    name: 'a means begins beside a live one',
    file: 'core/pay/machine.ts',
    find: "  for (const live of liveOf(turn)) beginCancel(turn, live, 'otherMeans')\n",
    plant: '',
    test: pay,
    sees: /cancels an offer before a charge begins/,
  },
  {
    name: 'late success of a gateway kept',
    file: 'core/pay/machine.ts',
    find: '    if (kept !== null && attempt.paidFen > 0) refundLate(turn, attempt)\n',
    plant: '',
    test: pay,
    sees: /goes back by itself, once/,
  },
  {
    name: 'refund done before it was queried',
    file: 'core/pay/refund.ts',
    find: "  if (to !== 'queryRefund') return\n",
    plant: '',
    test: pay,
    sees: /done by their query alone/,
  },
  {
    name: 'refund approved by who asked for it',
    file: 'core/pay/refund.ts',
    find: "  if (requestedBy === approvedBy) return refuse('samePerson')\n",
    plant: '',
    test: pay,
    sees: /refuses one person for both/,
  },
  {
    name: 'another amount taken as paid',
    file: 'core/pay/answered.ts',
    find: 'const fits = paidFen === attempt.amountFen && amountFen === attempt.amountFen',
    plant: 'const fits = paidFen > 0',
    test: pay,
    sees: /not a payment of one fen less/,
  },
  {
    name: 'answer of a cancel taken as paid',
    file: 'core/pay/answered.ts',
    find: "    if (to === 'query' || to === 'charge') paid(turn, attempt, answer)\n    else turn.query(attempt)",
    plant: '    paid(turn, attempt, answer)',
    test: pay,
    sees: /not the answer of cancel/,
  },
  {
    name: 'opened before the row of the payment',
    file: 'core/pay/turn.ts',
    find: "[{ do: 'append', rows }, ...this.#behind]",
    plant: "[...this.#behind, { do: 'append', rows }]",
    test: pay,
    sees: /opens behind its paid row/,
  },
  {
    name: 'payment open over the end of a day without an item',
    file: 'core/pay/machine.ts',
    find: "turn.item(attempt, 'openAtDayEnd')",
    plant: 'turn.attempt(attempt.attemptNo)',
    test: pay,
    sees: /has an item when the day ends/,
  },
  {
    name: 'offer not found before its scan taken as over',
    file: 'core/pay/answered.ts',
    find: "attempt.state === 'cancelling' && isForgotten(attempt, turn)",
    plant: "attempt.state === 'cancelling'",
    test: pay,
    sees: /stays until it has run out/,
  },
]
