// Named crash points of reliability-security.md section 8, reached in the simulation by decorating ports.
// At the planned visit of a point the runtime dies: a signal unwinds to the world, objects are dropped.
import { endsWithBrokenTurn } from '#base/pure/faults/whole-turn.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { HttpClient } from '#base/ports/http-client.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import { chargePlace, placesOf } from '#simulators/platform/model.ts'

export const crashPoints = [
  'CP1',
  'CP2',
  'CP3',
  'CP4',
  'CP5',
  'CP6',
  'CP7',
  'CP8',
  'CP9',
  'CP10',
  'CP11',
  'CP12',
] as const
export type CrashPoint = (typeof crashPoints)[number]

/** Thrown to unwind the runtime from any point; it must not continue afterwards. */
class CrashSignal extends Error {
  readonly point: CrashPoint
  constructor(point: CrashPoint) {
    super(`crash at ${point}`)
    this.point = point
  }
}

/** Runs a turn; false where a crash point ended it. The signal ends the simulated runtime and not this process. */
export function isWhole(turn: () => void): boolean {
  const release = endsWithBrokenTurn((error) => {
    if (!(error instanceof CrashSignal)) throw error
  })
  try {
    turn()
    return true
  } catch (error) {
    if (error instanceof CrashSignal) return false
    throw error
  } finally {
    release()
  }
}

/** The next crash point; null: no crash. Counts the points hit. */
export class CrashPlan {
  next: CrashPoint | null = null
  readonly hits: Partial<Record<CrashPoint, number>> = {}

  at(point: CrashPoint): void {
    if (this.next !== point) return
    this.next = null
    this.hits[point] = (this.hits[point] ?? 0) + 1
    throw new CrashSignal(point)
  }
}

export function thrown(fault: Error): never {
  throw fault
}

const has = (rows: readonly RowDraft[], kind: RowDraft['kind']): boolean =>
  rows.some((r) => r.kind === kind)
const confirms = (rows: readonly RowDraft[]): boolean =>
  rows.some((r) => r.kind === 'outboxState' && r.body.state === 'confirmed')

/** `durable` hears of rows that are written, also where the runtime dies just then. */
export function crashingLedger(
  ledger: Ledger,
  plan: CrashPlan,
  durable: (rows: readonly LedgerRow[]) => void,
): Ledger {
  const append: Ledger['append'] = (drafts) => {
    const rows = ledger.append(drafts)
    durable(rows)
    return rows
  }
  return {
    nodeId: ledger.nodeId,
    get head() {
      return ledger.head
    },
    append(drafts): readonly LedgerRow[] {
      if (plan.next === null) return append(drafts)
      if (has(drafts, 'intent')) plan.at('CP1')
      if (has(drafts, 'outcome')) plan.at('CP4')
      if (has(drafts, 'stayClosed')) plan.at('CP7')
      if (confirms(drafts)) plan.at('CP11')
      const rows = append(drafts)
      if (has(drafts, 'intent')) plan.at('CP2')
      if (has(drafts, 'outcome')) plan.at('CP5')
      if (has(drafts, 'outbox')) plan.at('CP8')
      if (confirms(drafts)) plan.at('CP12')
      return rows
    },
    rows: (afterSeq) => ledger.rows(afterSeq),
    rowsSm3: (fromSeq, toSeq) => ledger.rowsSm3(fromSeq, toSeq),
    close: () => ledger.close(),
  }
}

export const crashingHttp = (http: HttpClient, plan: CrashPlan): HttpClient => ({
  request(request, done) {
    // Half a request never has an effect: the platform hangs up on it.
    plan.at('CP9')
    const cancel = http.request(request, (answer) => {
      if (answer.kind === 'answer') plan.at('CP10')
      done(answer)
    })
    if (plan.next === 'CP3' && placesOf(request.method, request.path).includes(chargePlace))
      plan.at('CP3')
    return cancel
  },
})
