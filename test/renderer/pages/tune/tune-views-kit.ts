// The tune loop in the runtime's answers, for tests of the window: quiet, measuring, judged, done.
// Verdict and meter come from the product's own rules with made-up measurements.
import type { HealthView } from '#devices/calls/health-views.ts'
import type { TuneDoneView, TuneRunView, TuneView } from '#devices/calls/tune-views.ts'
import { attemptsMeter } from '#devices/pure/tune/attempts.ts'
import { judgeStep } from '#devices/pure/tune/verdict.ts'
import { driven } from '../../../firmware-runtime/devices/pure/tune/kit.ts'
import { isoAt } from '../lane/lane-views.ts'

const before = driven({ passes: 12, read: 5, retries: 4 })
const after = {
  ...driven({ passes: 12, read: 12, visibleMs: 1_200 }),
  field: [{ place: '触发线圈', dbm: -38.5 }],
}
const verdict = judgeStep('moreReads', before, after)
const step = {
  id: 's1',
  atIso: isoAt('09:12:04'),
  aim: 'moreReads',
  setting: 'powerStep',
  old: 8,
  new: 12,
  by: '装机员',
  reason: '漏读,加大功率',
} as const

export const doneStep: TuneDoneView = {
  ...step,
  before,
  after,
  verdict,
  end: 'kept',
  why: '',
  undoneBy: null,
}
const run: TuneRunView = {
  ...step,
  id: 's2',
  phase: 'before',
  decide: 'ask',
  passes: 12,
  listenMs: 60_000,
  before: null,
  after: null,
  verdict: null,
  mayKeep: false,
}
export const judgedRun: TuneRunView = {
  ...run,
  phase: 'judged',
  before,
  after,
  verdict,
  mayKeep: true,
}

export const tuneView = (over: Partial<TuneView> = {}): TuneView => ({
  laneId: 'exit',
  up: true,
  run: null,
  soFar: null,
  leftMs: null,
  look: null,
  steps: [],
  undoId: null,
  undoing: false,
  restoring: false,
  usualPasses: 70,
  proposals: [
    { aim: 'moreReads', next: { setting: 'powerStep', old: 8, new: 10 } },
    { aim: 'fewerRetries', next: { setting: 'powerStep', old: 8, new: 10 } },
    { aim: 'fewerNeighbours', next: { setting: 'powerStep', old: 8, new: 6 } },
    { aim: 'longerVisible', next: null },
  ],
  meter: null,
  live: Array.from({ length: 60 }, (_, i) => ({
    frames: i % 7,
    tries: i % 20 === 3 ? 2 : 0,
    reads: i % 20 === 4 ? 1 : 0,
    unreadable: i === 43 ? 1 : 0,
  })),
  ...over,
})

export const tuneViews = {
  quiet: tuneView(),
  measuring: tuneView({ run, soFar: before, leftMs: 41_000 }),
  judged: tuneView({
    run: judgedRun,
    steps: [doneStep],
    meter: attemptsMeter(after, { from: 'tape', lengthM: 4.5 }),
  }),
  done: tuneView({
    steps: [doneStep, { ...doneStep, id: 's0', end: 'takenBack', new: 4 }],
    undoId: 's1',
    meter: attemptsMeter(after, { from: 'drive', kmh: 5 }),
  }),
} as const

export const healthView = (): HealthView => ({
  nowIso: isoAt('09:20:00'),
  psams: [
    { laneId: 'exit', terminal: '370100000001', authorised: true, state: 'ok', toldMsAgo: 8_000 },
    {
      laneId: 'exit',
      terminal: '370100000002',
      authorised: null,
      state: 'unknown',
      toldMsAgo: 8_000,
    },
  ],
  powers: [{ laneId: 'exit', state: 'known' }],
  signIn: {
    state: 'soon',
    untilIso: isoAt('11:20:00'),
    leftMs: 7_200_000,
    grantedMsAgo: 79_200_000,
  },
  certificates: [
    {
      of: 'platform',
      whose: 'client',
      serial: '4A',
      fromIso: isoAt('00:00:00'),
      state: 'ok',
      untilIso: '2027-06-01T00:00:00.000+08:00',
      leftMs: 86_400_000 * 200,
    },
    {
      of: 'operator',
      whose: 'client',
      serial: '4C',
      fromIso: isoAt('00:00:00'),
      state: 'ok',
      untilIso: '2027-06-01T00:00:00.000+08:00',
      leftMs: 86_400_000 * 200,
    },
    {
      of: 'platform',
      whose: 'platform',
      serial: '4B',
      fromIso: isoAt('00:00:00'),
      state: 'bad',
      untilIso: '2025-06-01T00:00:00.000+08:00',
      leftMs: -86_400_000 * 3,
    },
  ],
  clock: { state: 'ok', offsetMs: 312, answeredMsAgo: 4_000 },
})
