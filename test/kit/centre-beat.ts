// A heartbeat of a test's lot: two lanes, one with a waiting car, and their devices.
import type { Beat } from '#ledger/pure/centre/beat.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { t } from '#base/pure/words/fault-text.ts'

export const testBeat = (atMs: number, more: Partial<Beat> = {}): Beat => ({
  nodeId: 'n1',
  atIso: isoOf(atMs),
  lastSeq: 1_296_620,
  version: '1.0.0',
  build: '1.0.0+test',
  spaces: { capacity: 320, inside: 214, free: 106 },
  today: {
    day: isoOf(atMs).slice(0, 10),
    entered: 412,
    left: 388,
    takings: [
      { means: 'etc', n: 301, fen: 361_200 },
      { means: 'cash', n: 22, fen: 18_400 },
      { means: 'qr', n: 40, fen: 40_300 },
    ],
  },
  clock: { offsetMs: -312, ntp: 'synchronised', isDoubtful: false },
  disk: { freeMb: 48_200, isLow: false },
  queue: { unsent: 12, oldestAgeSec: 184, poison: 1, exposureFen: 8_400 },
  platform: 'up',
  network: 'up',
  certificates: [
    { of: 'platform', toIso: isoOf(atMs + 200 * 86_400_000) },
    { of: 'centre', toIso: isoOf(atMs + 12 * 86_400_000) },
  ],
  lanes: [
    {
      laneId: 'E1',
      name: t('入口 1', 'Entry 1'),
      direction: 'entry',
      state: 'idle',
      isEtcReady: true,
      waiting: null,
      boom: 'closed',
    },
    {
      laneId: 'X1',
      name: t('出口 1', 'Exit 1'),
      direction: 'exit',
      state: 'manual',
      isEtcReady: false,
      waiting: { reason: 'plateNotRead', sinceIso: isoOf(atMs - 95_000) },
      boom: 'closed',
    },
    {
      laneId: 'X2',
      name: t('出口 2', 'Exit 2'),
      direction: 'exit',
      state: 'idle',
      isEtcReady: null,
      waiting: null,
      boom: 'unknown',
    },
  ],
  devices: [
    { laneId: 'E1', kind: 'rsu', state: 'up', reason: null },
    { laneId: 'E1', kind: 'camera', state: 'up', reason: null },
    { laneId: 'E1', kind: 'barrier', state: 'up', reason: null },
    { laneId: 'X1', kind: 'rsu', state: 'down', reason: 'silent' },
    { laneId: 'X1', kind: 'camera', state: 'up', reason: null },
    { laneId: 'X1', kind: 'barrier', state: 'up', reason: null },
    { laneId: 'X2', kind: 'camera', state: 'off', reason: null },
  ],
  matters: [
    {
      key: 'car X1',
      kind: 'car',
      what: t('出口 1 有车等待处理', 'Exit 1: a car waits'),
      sinceIso: isoOf(atMs - 95_000),
      isUrgent: true,
    },
    {
      key: 'refund',
      kind: 'refund',
      what: t('2 笔退款等待批准', '2 refunds wait for approval'),
      sinceIso: isoOf(atMs - 3 * 3_600_000),
      isUrgent: false,
    },
  ],
  ...more,
})
