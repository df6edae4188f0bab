// Data read from a simulated lot at its end: the books of platform and cards, its ledger through a separate reader, and
// the digest over both.
import { createHash } from 'node:crypto'
import { openLedgerReader, type OpenedReader } from '#ledger/sqlite/ledger-reader.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import { passesOf } from '#lane/pure/layouts/index.ts'
import { recordOps, type RecordOp } from '#lane/pure/lot/invariant-cases.ts'
import { checkInvariants, type OutsideRecords } from '#lane/pure/lot/invariants.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { DestinationName, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { LedgerHead } from '#ledger/ports/ledger.ts'
import { simulatedKeys } from '#lane/folder/simulated-keys.ts'
import type { Act, ActKind } from '#simulators/platform/records/settlement-records.ts'
import type { Traffic } from '#simulators/traffic/traffic.ts'
import type { PlatformModel } from '#simulators/platform/model.ts'
import type { DestinationSums, PlatformSums } from './replay-result.ts'
import { RowTally } from './row-tally.ts'
import type { SimRun } from './sim-run.ts'
import type { SimLot } from './sim-lot.ts'
import type { CrashPlan } from './sim-crash.ts'
import type { VirtualTime } from './virtual-time.ts'

interface SimOutside {
  readonly outside: Required<Omit<OutsideRecords, 'records'>> & Pick<OutsideRecords, 'records'>
  readonly sums: PlatformSums
  readonly destinations: DestinationSums | undefined
}

/** How the books call what the outbox carries. */
export const recordKinds: Readonly<Record<RecordOp, ActKind>> = {
  entryRecord: 'entry-records',
  plateRecord: 'plate-records',
  exitRecord: 'exit-records',
  shiftRecord: 'shift-records',
}

type RecordAt = NonNullable<OutsideRecords['records']> extends Iterable<infer One> ? One : never

/** Reads again for each caller, so that a year of rows is never in memory. */
const each = <T>(read: () => Iterable<T>): Iterable<T> => ({
  [Symbol.iterator]: () => read()[Symbol.iterator](),
})

function* recordsIn(destination: DestinationName, model: PlatformModel): Generator<RecordAt> {
  for (const op of recordOps)
    for (const { row } of model.state.acts.get(recordKinds[op])?.values() ?? [])
      yield { destination, op, businessNo: String(row.shown?.['number']), bodySm3: row.bodySm3 }
}

function sumsOf(model: PlatformModel): DestinationSums['operator'] {
  const { acts, refused } = model.state
  const count = (op: RecordOp): number => acts.get(recordKinds[op])?.size ?? 0
  let [records, amountFen, duplicates] = [0, 0, 0]
  for (const { row, requests } of acts.get(recordKinds.exitRecord)?.values() ?? []) {
    records++
    amountFen += Number(row.shown?.['realFee'])
    duplicates += requests - 1
  }
  const rejected = [...refused.values()].reduce((sum, n) => sum + n, 0)
  const told = { entryRecords: count('entryRecord'), plateRecords: count('plateRecord') }
  return { records, amountFen, duplicates, rejected, ...told }
}

function outsideOf(lot: SimLot): SimOutside {
  const acts = (kind: ActKind): Iterable<Act> => lot.platform.state.acts.get(kind)?.values() ?? []
  const charges = each(function* () {
    for (const { row, status } of acts('exit-charges')) {
      const { no: outTradeNo, charge, bodySm3 } = row
      yield { outTradeNo, realFee: charge?.realFee ?? 0, status, bodySm3 }
    }
  })
  const refunds = each(function* () {
    for (const { row } of acts('refunds'))
      yield { outRefundNo: row.no, refundFee: row.refund?.refundFee ?? 0 }
  })
  const exceptions = each(function* () {
    for (const { row } of acts('exceptions'))
      yield { exceptionNo: row.no, handling: Number(row.shown?.['handling']) }
  })
  const cardDebits = each(function* () {
    // Each antenna knows them all.
    const [rsu] = lot.devices.rsus.values()
    for (const { cardNo, debits } of rsu?.model.allCards() ?? [])
      for (const d of debits) yield { cardNo, ...d, psamSerial: Number(d.psamSerial) }
  })
  let [records, amountFen] = [0, 0]
  for (const { status, realFee } of charges) {
    if (!['SUCCESS', 'ACCEPTED'].includes(status)) continue
    records++
    amountFen += realFee
  }
  const { operator, platform } = lot
  const told =
    operator &&
    each(function* () {
      yield* recordsIn('operator', operator)
      yield* recordsIn('platform', platform)
    })
  return {
    outside: { charges, refunds, exceptions, cardDebits, ...(told && { records: told }) },
    destinations: operator === null ? undefined : { operator: sumsOf(operator) },
    sums: { records, amountFen, duplicates: 0, rejected: lot.refusedByPlatform },
  }
}

/** Hash over the ledger's head and the canonical text of what others wrote, which is never whole in memory. */
function digestOf({ seq, hash }: LedgerHead, outside: SimOutside['outside']): string {
  const sum = createHash('sha256').update(`${seq} ${hash} {`)
  const names = ['cardDebits', 'charges', 'exceptions', 'refunds'] as const
  const told = outside.records === undefined ? [] : (['records'] as const)
  for (const [i, name] of [...names, ...told].entries()) {
    sum.update(`${i === 0 ? '' : ','}"${name}":[`)
    let comma = ''
    for (const row of outside[name] ?? []) {
      sum.update(`${comma}${canonicalJson(row)}`)
      comma = ','
    }
    sum.update(']')
  }
  return sum.update('}').digest('hex')
}

/** Cards that are on the list, and such without money. */
export function badCards(traffic: Traffic): Record<'blacklist' | 'empty', ReadonlySet<string>> {
  const blacklist = new Set<string>()
  const empty = new Set<string>()
  for (const { car } of traffic.events()) {
    if (car.obu === null) continue
    if (car.kind === 'blacklisted') blacklist.add(car.obu.cardNo)
    if (car.kind === 'insufficient') empty.add(car.obu.cardNo)
  }
  return { blacklist, empty }
}

/** Counts rows while they are read, because a second pass would be slow. */
function* counted(rows: Iterable<LedgerRow>, tally: RowTally): Generator<LedgerRow> {
  for (const row of rows) {
    tally.take(row)
    yield row
  }
}

export function readerOf<T>(
  dir: string,
  nodeId: string,
  use: (reader: OpenedReader) => T,
  crypto: Crypto = simulatedKeys.crypto,
): T {
  using reader = openLedgerReader({ ...simulatedKeys, crypto, dir, nodeId })
  return use(reader)
}

/** What the outcomes of lots with booms and of open lots have alike. */
export function judgedRun(
  lot: SimLot,
  run: Pick<SimRun, 'dir' | 'nodeId'>,
  time: VirtualTime,
  crash: CrashPlan,
) {
  const { tally, ...judged } = judgedLot(lot, run)
  const { kinds: rows, large } = tally
  return {
    tally,
    outcome: { ...judged, events: time.events, crashPoints: { ...crash.hits }, rows, large },
  }
}

/** The ledger of a run against the books of platform and cards; a full check of the chain with it. */
function judgedLot(lot: SimLot, run: Pick<SimRun, 'dir' | 'nodeId'>) {
  lot.opened.headWriter.flush()
  const { outside, sums, destinations } = outsideOf(lot)
  const { runtime, options } = lot
  const pending = runtime.queue.records.size
  const asking = [...runtime.lot.unsettled.values()].filter((d) => d.chargeMode === 'online')
  const verdict = readerOf(run.dir, run.nodeId, (reader) => reader.verify(), options.crypto)
  const tally = new RowTally()
  const live = {
    largeAmountFen: options.config.largeAmountFen,
    chainOk: verdict.ok,
    passesOf: passesOf(options.config),
    unsent: pending,
    unknown: asking.length,
    exposureFen: exposureFen(runtime.queue, runtime.lot),
    lanesReady: [...runtime.lanes.values()].every((l) => l.state.name === 'idle'),
    healed: true,
  }
  const all = counted(lot.opened.ledger.rows(0), tally)
  const report = checkInvariants(all, outside, live, options.shelf)
  const digest = digestOf(lot.opened.ledger.head, outside)
  const told = destinations === undefined ? {} : { destinations }
  return { report, tally, pending, verdict, platform: sums, ...told, digest }
}
