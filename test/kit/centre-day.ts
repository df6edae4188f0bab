// Figures of a lot at a centre, as the fold and the door keep them: sums of takings and cars, and a heartbeat.
import type { Beat } from '#ledger/pure/centre/beat.ts'
import type { TestCentre } from './centre-database.ts'
import { startMs } from './test-desk.ts'

interface TakingGiven {
  readonly day: string
  readonly hour: number
  readonly what?: 'payment' | 'refund'
  readonly means?: string
  readonly n?: number
  readonly fen: number
}

export async function addTaking(
  { owner }: TestCentre,
  lotId: string,
  { day, hour, what = 'payment', means = 'etc', n = 1, fen }: TakingGiven,
): Promise<void> {
  const values = [lotId, day, hour, what, means, n, fen]
  await owner('INSERT INTO centre.taking VALUES ($1, $2, $3, $4, $5, $6, $7)', values)
}

/** `cars`: entered and left. */
export async function addFlow(
  { owner }: TestCentre,
  lotId: string,
  day: string,
  hour: number,
  cars: readonly [number, number],
): Promise<void> {
  await owner('INSERT INTO centre.flow VALUES ($1, $2, $3, $4, $5)', [lotId, day, hour, ...cars])
}

/** The last row of node n1 that is in the sums. */
export async function addFolded(
  { owner }: TestCentre,
  lotId: string,
  seq: number,
  day = '2026-11-29',
): Promise<void> {
  await owner(
    `INSERT INTO centre.fold_cursor (lot_id, node_id, seq, day) VALUES ($1, 'n1', $2, $3)
     ON CONFLICT (lot_id, node_id) DO UPDATE SET seq = $2`,
    [lotId, seq, day],
  )
}

export const beatOf = (more: Partial<Beat> = {}): Beat => ({
  nodeId: 'n1',
  atIso: '2026-11-29T09:00:00+08:00',
  lastSeq: 2,
  version: '1.0.0',
  build: 'test',
  spaces: { capacity: 400, inside: 120, free: 280 },
  today: { day: '2026-11-29', entered: 0, left: 0, takings: [] },
  clock: { offsetMs: null, ntp: 'unknown', isDoubtful: false },
  disk: null,
  queue: { unsent: 0, oldestAgeSec: null, poison: 0, exposureFen: 0 },
  platform: 'off',
  network: 'up',
  certificates: [],
  lanes: [],
  devices: [],
  matters: [],
  ...more,
})

/** `heardMs`: before the start of the test. */
export async function addBeat(
  { owner }: TestCentre,
  lotId: string,
  more: Partial<Beat> = {},
  heardMs = 30_000,
): Promise<void> {
  const beat = beatOf(more)
  await owner(
    `INSERT INTO centre.lot_beat VALUES ($1, $2, $3, $4)
     ON CONFLICT (lot_id, node_id) DO UPDATE SET heard = $3, beat = $4`,
    [lotId, beat.nodeId, new Date(startMs - heardMs), JSON.stringify(beat)],
  )
}
