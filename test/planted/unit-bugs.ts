// Bugs that no replay shows: each is planted under a quick test, which must fail by the named check.
// They were found by planting, when every test of the time passed with them in.
import type { Change } from './plant.ts'

export interface UnitBug extends Change {
  /** Under test/firmware-runtime/. */
  readonly test: string
  /** Name of a test that must fail with it. */
  readonly sees: RegExp
}

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
    name: 'daily cap one fen late',
    file: 'core/billing/tariff.ts',
    find: 'dueFen > rules.dailyCapFen)',
    plant: 'dueFen > rules.dailyCapFen + 1)',
    test: 'core/billing/tariff.test.ts',
    sees: /a cap of 1899 costs 1899/,
  },
  {
    name: 'largest order one fen late',
    file: 'core/billing/tariff.ts',
    find: 'amountFen > fenMax',
    plant: 'amountFen > fenMax + 1',
    test: 'core/billing/tariff.test.ts',
    sees: /exactly one million yuan/,
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
    file: 'app/lot/lot-books.ts',
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
]
