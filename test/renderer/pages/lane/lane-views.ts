// Views as a runtime would answer them, for tests of the window: quiet, busy, empty, in trouble.
// Made by hand from real runs; plates and numbers are fictional.
import type {
  BoardView,
  CarView,
  DeviceView,
  EventView,
  LaneView,
  PassageView,
  StatusView,
  StepName,
  StepView,
} from '#lane/calls/views.ts'
import type {
  LedgerSumsView,
  QueueRecordView,
  QueueStatusView,
} from '#ledger/calls/ledger-views.ts'
import { noBooth } from '#lane/pure/layouts/no-booth.ts'
import { present } from '#base/pure/values/must.ts'
import { upkeep, upkeepInTrouble, upkeepNew } from '../machine/upkeep-views.ts'

const day = '2026-03-14T'
export const isoAt = (time: string): string => `${day}${time}.000+08:00`

export const device = (over: Partial<DeviceView> = {}): DeviceView => ({
  state: 'up',
  heardMsAgo: 400,
  link: 'tcp://127.0.0.1:60001',
  detail: '',
  ...over,
})

export const queueStatus = (over: Partial<QueueStatusView> = {}): QueueStatusView => ({
  unsent: 0,
  byKind: {},
  byState: {},
  byDestination: {},
  oldestAgeSec: null,
  poison: 0,
  exposureFen: 0,
  ...over,
})

export const status = (over: Partial<StatusView> = {}): StatusView => ({
  apiVersion: 1,
  mode: 'demo',
  lotId: 'DEMO01',
  lotName: { zh: '演示停车场', en: 'Demo car park' },
  chargeMode: 'online',
  offline: 'other-payment',
  inside: 31,
  capacity: 74,
  free: 40,
  clock: { businessIso: isoAt('10:15:20'), platformOffsetMs: 312 },
  platform: { state: 'up', url: 'https://127.0.0.1:40443', answeredMsAgo: 4_000 },
  network: 'up',
  queue: queueStatus(),
  signInUntilIso: isoAt('23:59:59'),
  trial: null,
  today: { passages: 118, paidFen: 148_500 },
  ledger: { headSeq: 1842, headHash: 'a3'.repeat(32), repair: '' },
  version: '0.1.0',
  upkeep: upkeep(),
  ...over,
})

const exitOf711 = present(noBooth.lanes.exit, 'an exit')
const entryOf711 = present(noBooth.lanes.entry, 'an entry')
const names: readonly StepName[] = exitOf711.steps
/** The first `done` steps with their ms, then one in the state `next`. */
export const steps = (
  done: readonly number[],
  next: StepView['state'] = 'idle',
  reason = '',
): StepView[] =>
  names.map((step, index) => {
    const ms = done[index]
    if (ms !== undefined) return { step, state: 'done', ms, reason: '' }
    return index === done.length
      ? { step, state: next, ms: null, reason }
      : { step, state: 'idle', ms: null, reason: '' }
  })

export const car = (over: Partial<CarView> = {}): CarView => ({
  sinceIso: isoAt('10:15:06'),
  plate: '测A12345',
  plateRaw: '测A12345',
  colour: 'blue',
  photoId: 'p-1',
  stayId: 'S-DEMO01-000231',
  orderId: 'O-DEMO01-000198',
  enteredAtIso: isoAt('08:02:11'),
  stayMin: 133,
  amountFen: 1200,
  dueFen: 1200,
  lines: [
    {
      fromIso: isoAt('08:02:11'),
      toIso: isoAt('09:02:11'),
      rule: 'first',
      amountFen: 500,
      text: { zh: '首 60 分钟', en: 'First 60 min' },
    },
    {
      fromIso: isoAt('09:02:11'),
      toIso: isoAt('10:15:20'),
      rule: 'next',
      amountFen: 700,
      text: { zh: '其后 74 分钟,每 30 分钟 ¥ 2.33', en: 'Then 74 min, ¥ 2.33 each 30 min' },
    },
  ],
  obuId: '45010123456789AB',
  cardNo: '45011900000000001234',
  cardType: 22,
  balanceFen: 8_640,
  outTradeNo: 'DEMO0120260314101520000198',
  manual: null,
  passCause: null,
  ...over,
})

export const lane = (over: Partial<LaneView> = {}): LaneView => ({
  laneId: 'exit',
  name: { zh: '出口 1', en: 'Exit 1' },
  direction: 'exit',
  layout: '7.1.1',
  picture: exitOf711.picture,
  state: 'idle',
  steps: steps([]),
  car: null,
  devices: {
    rsu: device(),
    camera: device({ heardMsAgo: 2_300 }),
    barrier: device(),
    display: device(),
  },
  barrier: { position: 'closed', arrive: 'off', under: 'off' },
  barrierArmed: true,
  inDoubt: null,
  searching: false,
  shown: { zh: '', en: '' },
  display: null,
  ...over,
})

export const entryLane = (over: Partial<LaneView> = {}): LaneView =>
  lane({
    laneId: 'entry',
    name: { zh: '入口 1', en: 'Entry 1' },
    direction: 'entry',
    picture: entryOf711.picture,
    steps: steps([]).filter(({ step }) => entryOf711.steps.includes(step)),
    devices: {
      rsu: device({ state: 'off', heardMsAgo: null }),
      camera: device(),
      barrier: device(),
      display: device({ state: 'off', heardMsAgo: null }),
    },
    shown: { zh: '欢迎光临', en: 'Welcome' },
    ...over,
  })

const ends = ['etc', 'etc', 'free', 'other', 'etc', 'later', 'entry', 'emergency', 'etc']
export const passages: readonly PassageView[] = ends.map((end, index) => ({
  atIso: isoAt(`10:${String(14 - index).padStart(2, '0')}:51`),
  laneId: end === 'entry' ? 'entry' : 'exit',
  stayId: `S-DEMO01-${230 - index}`,
  plate: index === 7 ? null : `测B${String(24_680 + index * 7)}`,
  end,
  photoId: index === 7 ? null : `left-${index}`,
  // The free and the waived stay had an amount too, but nothing was collected.
  amountFen: end === 'entry' ? 0 : 500 + index * 250,
  takenFen: end === 'etc' ? 500 + index * 250 : 0,
  tookMs: index === 7 ? null : 410 + index * 37,
}))

const board = (over: Partial<BoardView> = {}): BoardView => ({
  status: status(),
  lanes: [entryLane(), lane()],
  last: passages,
  ...over,
})

export const boards = {
  empty: board({
    last: [],
    status: status({ inside: 0, today: { passages: 0, paidFen: 0 }, upkeep: upkeepNew }),
  }),
  normal: board({
    lanes: [
      entryLane({
        state: 'opening',
        car: car({
          plate: '测C88K21',
          plateRaw: '测C88K21',
          colour: 'green',
          orderId: null,
          lines: [],
        }),
        barrier: { position: 'open', arrive: 'off', under: 'on' },
        shown: { zh: '请入场', en: 'Please enter' },
      }),
      lane({
        state: 'opening',
        car: car({ passCause: 'etc', dueFen: 0 }),
        steps: steps([0, 118, 121, 236, 402, 655]),
        barrier: { position: 'open', arrive: 'off', under: 'on' },
        shown: {
          zh: '测A12345 停2时13分 ¥ 12.00 一路顺风',
          en: '测A12345 2 h 13 min ¥ 12.00. Safe journey',
        },
      }),
    ],
  }),
  busy: board({
    status: status({
      inside: 73,
      trial: { laneId: 'exit', by: '装机员', leftMs: 42_000 },
      queue: queueStatus({
        unsent: 12,
        oldestAgeSec: 184,
        exposureFen: 8_400,
        byKind: { charge: 7, exitUpload: 5 },
        byState: { new: 11, sending: 1 },
        byDestination: { platform: 12 },
      }),
    }),
    lanes: [
      entryLane({
        state: 'reading',
        barrier: { position: 'closing', arrive: 'on', under: 'unknown' },
      }),
      lane({
        state: 'searching',
        searching: true,
        car: car({ obuId: null, cardNo: null, cardType: null, balanceFen: null }),
        steps: steps([0, 118, 121], 'busy'),
        barrier: { position: 'closed', arrive: 'on', under: 'off' },
        shown: { zh: 'ETC 扣费中 请稍候', en: 'ETC payment, please wait' },
      }),
    ],
  }),
  error: board({
    status: status({
      clock: { businessIso: isoAt('10:15:20'), platformOffsetMs: -14_200 },
      platform: { state: 'down', url: 'https://127.0.0.1:40443', answeredMsAgo: 95_000 },
      network: 'down',
      upkeep: upkeepInTrouble,
      queue: queueStatus({
        unsent: 128,
        oldestAgeSec: 7_460,
        exposureFen: 154_250,
        poison: 2,
        byKind: { charge: 90, exitUpload: 30, exception: 8 },
      }),
    }),
    lanes: [
      entryLane({
        barrier: { position: 'unknown', arrive: 'unknown', under: 'unknown' },
        devices: {
          rsu: device({ state: 'off', heardMsAgo: null }),
          camera: device({ state: 'down', heardMsAgo: 62_000 }),
          barrier: device({ state: 'down', heardMsAgo: null }),
          display: device({ state: 'down', heardMsAgo: null }),
        },
        shown: { zh: '正在识别车牌', en: 'Reading your plate' },
        display: { state: 'silent', lines: [], spoken: '' },
      }),
      lane({
        state: 'manual',
        car: car({
          manual: 'noAnswerTwice',
          plateRaw: '测A1Z345',
          amountFen: 12_350,
          dueFen: 12_350,
        }),
        steps: steps([0, 118, 121, 236], 'failed', 'noAnswerTwice'),
        devices: {
          rsu: device({ state: 'down', heardMsAgo: 31_000 }),
          camera: device(),
          barrier: device(),
          display: device(),
        },
        barrier: { position: 'unknown', arrive: 'on', under: 'off' },
        shown: {
          zh: 'ETC 平台无应答 请用其他方式缴费 ¥ 123.50',
          en: 'ETC platform does not answer. Please pay another way: ¥ 123.50',
        },
      }),
    ],
  }),
} as const satisfies Record<string, BoardView>

export const records: readonly QueueRecordView[] = Array.from({ length: 14 }, (_, index) => ({
  outboxId: `U-DEMO01-${index}`,
  op: index % 3 === 0 ? 'exitUpload' : 'charge',
  businessNo: `DEMO01202603141015${String(20_000_190 + index)}`,
  state: index > 11 ? 'rejected' : index === 0 ? 'sending' : 'new',
  attempts: index % 5,
  atIso: isoAt(`10:${String(12 + (index % 3))}:${String(10 + index)}`),
  amountFen: 500 + index * 100,
  destination: 'platform',
  stayId: `S-DEMO01-${200 + index}`,
  note: index > 11 ? 'PARAM_ERROR realFee' : index === 0 ? '' : 'ECONNREFUSED',
}))

export const stayRows: readonly Record<string, unknown>[] = passages.map((p, index) => ({
  stayId: p.stayId,
  laneId: 'entry',
  plate: p.plate,
  colour: 'blue',
  enteredAtIso: isoAt(`08:${String(10 + index)}:02`),
  leftAtIso: index === 6 ? null : p.atIso,
  exitLaneId: 'exit',
  orderId: `O-${index}`,
  amountFen: p.amountFen,
  end: index === 6 ? null : p.end,
}))

export const ledgerSums: LedgerSumsView = {
  stays: 9,
  payments: [
    { word: 'etc', count: 5, amountFen: 7_150 },
    { word: 'cash', count: 1, amountFen: 500 },
  ],
  refunds: [{ word: 'success', count: 1, amountFen: 500 }],
}

export const events: readonly EventView[] = [
  ['trigger', ''],
  ['plateRead', '测A12345 0.97'],
  ['orderMade', 'O-DEMO01-000198 1200'],
  ['obuSeen', '45010123456789AB'],
  ['intentSynced', 'D-DEMO01-000198-1'],
  ['debitSent', ''],
  ['outcomeSynced', 'paid'],
  ['barrierCommanded', 'P-198'],
  ['barrierOpen', ''],
  ['fault', 'loopStuck'],
  ['carLeft', 'etc'],
].map(([type = '', detail = ''], index) => ({
  seq: index + 1,
  atIso: isoAt(`10:15:${String(20 + index)}`),
  monoUs: index * 100_000,
  laneId: 'exit',
  stayId: 'S-DEMO01-000231',
  type,
  detail,
}))
