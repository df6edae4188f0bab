// A heartbeat of an invented lot with two lanes, for tests that change members of it.
import type { Beat, BeatDevice, BeatLane } from '#ledger/pure/centre/beat.ts'

export const someLane: BeatLane = {
  laneId: 'L01',
  name: { zh: '出口', en: 'Exit' },
  direction: 'exit',
  state: 'idle',
  isEtcReady: true,
  waiting: null,
  boom: 'closed',
}
export const someDevice: BeatDevice = { laneId: 'L01', kind: 'rsu', state: 'up', reason: null }

export const someBeat: Beat = {
  nodeId: 'n1',
  atIso: '2026-03-02T08:00:00.000+08:00',
  lastSeq: 100,
  version: '1.4.0',
  build: 'abc',
  spaces: { capacity: 120, inside: 40, free: 80 },
  today: { day: '2026-03-02', entered: 3, left: 2, takings: [{ means: 'etc', n: 2, fen: 1_500 }] },
  clock: { offsetMs: 12, ntp: 'synchronised', isDoubtful: false },
  disk: { freeMb: 50_000, isLow: false },
  queue: { unsent: 0, oldestAgeSec: null, poison: 0, exposureFen: 0 },
  platform: 'up',
  network: 'up',
  certificates: [{ of: 'centre', toIso: '2028-03-02T08:00:00.000+08:00' }],
  lanes: [
    { ...someLane, laneId: 'E01', name: { zh: '入口', en: 'Entry' }, direction: 'entry' },
    someLane,
  ],
  devices: [someDevice, { laneId: 'E01', kind: 'camera', state: 'up', reason: null }],
  matters: [],
}
