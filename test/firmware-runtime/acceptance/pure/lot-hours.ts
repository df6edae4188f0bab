// What a running lot does by itself, hour by hour: its hourly batches with the records of each hour, and the heartbeats of
// its lanes.
import { isoOf, minuteMs } from '#base/pure/values/instant.ts'
import type { BatchKind, DestinationName, LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Scene } from './lot-scene.ts'

const hourMs = 60 * minuteMs
export const hourOf = (atMs: number): number => Math.floor(atMs / hourMs) * hourMs

interface Line {
  readonly destination: DestinationName
  readonly kind: BatchKind
}

export const batchLines = (destinations: readonly DestinationName[]): readonly Line[] =>
  destinations.flatMap((destination) => {
    const kinds = ['entry', 'entry-plate', 'exit', 'exit-plate'] as const
    const own = destination === 'operator' ? kinds : kinds.slice(2)
    return own.map((kind) => ({ destination, kind }))
  })

const isOf =
  ({ destination, kind }: Line, hour: number) =>
  (row: LedgerRow): boolean => {
    if (row.kind !== 'outbox' || row.body.destination !== destination) return false
    const { op, counted } = row.body
    const isExit = op === 'exitUpload' || op === 'charge'
    const own = isExit && destination === 'platform' ? 'exit' : counted?.kind
    return own === kind && hourOf(counted?.atMs ?? row.atMs) === hour
  }

/** Each hour is closed six minutes behind its end, also without a record. */
export function closesHours(
  scene: Scene,
  fromMs: number,
  untilMs: number,
  destinations: readonly DestinationName[] = ['platform', 'operator'],
): void {
  const records = scene.rows.filter(({ kind }) => kind === 'outbox')
  for (let hour = hourOf(fromMs); hour + hourMs + 6 * minuteMs <= untilMs; hour += hourMs)
    for (const line of batchLines(destinations)) {
      const refused = (row: LedgerRow): boolean =>
        row.kind === 'outbox' &&
        row.body.op === 'charge' &&
        !scene.rows.some(
          (one) =>
            one.kind === 'outcome' &&
            one.deductionId === row.deductionId &&
            one.body.state === 'paid',
        )
      const own = records.filter(isOf(line, hour)).filter((row) => !refused(row))
      scene.batch(
        line,
        hour,
        own.map(({ seq }) => seq),
        hour + hourMs + 6 * minuteMs,
      )
    }
}

/** One accepted heartbeat for each lane, destination and hour, as the access log keeps them. */
export function beats(
  scene: Scene,
  fromMs: number,
  untilMs: number,
  destinations: readonly DestinationName[] = ['platform', 'operator'],
  laneIds: readonly string[] = ['entry', 'exit'],
): void {
  for (let atMs = fromMs + minuteMs; atMs <= untilMs; atMs += hourMs)
    for (const destination of destinations)
      for (const laneId of laneIds)
        scene.access('monitor', `RM${destination}${laneId}${atMs}`, destination, {
          laneId,
          atIso: isoOf(atMs),
        })
}

/** What a lot downloads on a day with cars. */
export function downloads(scene: Scene): void {
  scene.access('shiftDownload', 'R-shiftDownload', 'operator')
  scene.access('configDownload', 'R-configDownload', 'etcOperator')
}
