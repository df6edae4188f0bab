// Heartbeats of lots as a door keeps them.
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { TestCentre } from './centre-database.ts'

/** Of a lot in good order with an entry and an exit. */
export const goodBeat = (atMs: number, more: Partial<Beat> = {}): Beat => ({
  nodeId: 'n1',
  atIso: isoOf(atMs),
  lastSeq: 2,
  version: '0.1.0',
  build: 'test',
  spaces: { capacity: 100, inside: 40, free: 60 },
  today: { day: '2026-11-29', entered: 1, left: 1, takings: [] },
  clock: { offsetMs: 0, ntp: 'synced', isDoubtful: false },
  disk: { freeMb: 50_000, isLow: false },
  queue: { unsent: 0, oldestAgeSec: null, poison: 0, exposureFen: 0 },
  platform: 'up',
  network: 'up',
  certificates: [],
  lanes: [
    {
      laneId: 'L01',
      name: { zh: '东入口', en: 'East entry' },
      direction: 'entry',
      state: 'idle',
      isEtcReady: true,
      waiting: null,
      boom: 'down',
    },
  ],
  devices: [
    { laneId: 'L01', kind: 'camera', state: 'up', reason: null },
    { laneId: 'L01', kind: 'rsu', state: 'up', reason: null },
  ],
  matters: [],
  ...more,
})

export async function addBeat(
  { owner }: TestCentre,
  lotId: string,
  heardMs: number,
  more: Partial<Beat> = {},
): Promise<void> {
  const beat = goodBeat(heardMs, more)
  await owner(
    `INSERT INTO centre.lot_beat VALUES ($1, $2, $3, $4)
     ON CONFLICT (lot_id, node_id) DO UPDATE SET heard = $3, beat = $4`,
    [lotId, beat.nodeId, new Date(heardMs), JSON.stringify(beat)],
  )
}
