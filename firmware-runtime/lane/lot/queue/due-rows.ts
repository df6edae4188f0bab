// Rows that become due by the state of the lot alone, written after a turn: checkpoints, refunds of first cars, and reports
// of exceptions. A full disk or a restart only delays them.
import { dueReports } from '#ledger/pure/lot/exception-reports.ts'
import { firstCarRefunds } from '#ledger/pure/lot/first-car.ts'
import { dueCheckpoint } from '../upkeep/checkpoint-writer.ts'
import type { LaneHost } from '../lane-host.ts'
import type { LotLedger } from '../lot-ledger.ts'
import type { LotParts } from '../lot-parts.ts'
import { reportOutboxRow } from './outbox-rows.ts'

interface DueParts {
  readonly lot: LotLedger
  readonly parts: Pick<LotParts, 'signer' | 'ledger'>
  readonly lanes: ReadonlyMap<string, LaneHost>
  /** No car is in a lane. */
  readonly quiet: boolean
}

export function writeDueRows(due: DueParts): void {
  signCheckpoint(due)
  giveFirstCarsBack(due)
  reportExceptions(due)
}

/** Refunds the 1 fen of a first car as soon as the platform has its charge; after a restart it finds what is due. */
function giveFirstCarsBack({ lot: ledger }: DueParts): void {
  const { firstCars } = ledger.lot
  if (firstCars.size === 0) return
  const { rows } = ledger.took(firstCarRefunds(firstCars, ledger.lateEnv()))
  if (rows.length > 0) ledger.appendQuietly(ledger.frozen(rows))
}

/** Uploads an exception when the end of its car is known. */
function reportExceptions({ lot: ledger, lanes }: DueParts): void {
  const due = dueReports(ledger.lot.reports, (laneId) => {
    const lane = lanes.get(laneId)
    return lane !== undefined && lane.state.car !== null
  })
  const maker = ledger.outboxMaker()
  if (due.length === 0 || !maker.hasDestination || ledger.dialect.byOrder !== undefined) return
  ledger.appendQuietly(due.map((report) => reportOutboxRow(maker, report, ledger.nowMs())))
}

function signCheckpoint({ lot, parts: { signer, ledger }, quiet }: DueParts): void {
  if (signer === undefined) return
  const { head, nodeId } = ledger
  const now = { head, atMs: lot.nowMs(), quiet, nodeId }
  const row = dueCheckpoint(lot.lot.checkpoint, now, ledger, signer)
  if (row !== null) lot.appendQuietly([row])
}
