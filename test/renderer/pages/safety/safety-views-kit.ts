// Holders of a lane's devices and possible tests in the runtime's answers, for tests of the window:
// quiet, taken over by others, waiting, a disarmed barrier, a running test.
import type { LeaseHolderView, SafetyView, TestView } from '#devices/calls/safety-views.ts'
import { isoAt } from '../lane/lane-views.ts'

const rsu: LeaseHolderView = {
  laneId: 'exit',
  device: 'rsu',
  link: 'serial:/dev/ttyUSB0?variant=generic-ver',
  state: 'lane',
  taker: null,
  why: '',
  last: null,
}
const barrier: LeaseHolderView = { ...rsu, device: 'barrier', link: 'tcp://192.0.2.20:502' }

const taken: LeaseHolderView = {
  ...rsu,
  state: 'taken',
  taker: {
    holdId: 'command-0001',
    by: '装机员',
    role: 'installer',
    reason: '安装调试',
    program: 'etc-lane device take',
    pid: 4711,
    sinceIso: isoAt('10:08:20'),
    untilIso: isoAt('10:18:20'),
    leftMs: 372_000,
  },
}

export const testView = (over: Partial<TestView> = {}): TestView => ({
  laneId: 'exit',
  running: null,
  last: null,
  offers: [
    { kind: 'open', refused: null },
    { kind: 'close', refused: null },
    { kind: 'antenna', refused: null },
    { kind: 'carrier', refused: 'notOnDevice' },
  ],
  ...over,
})

export const safetyView = (over: Partial<SafetyView> = {}): SafetyView => ({
  laneId: 'exit',
  barrierArmed: true,
  hasBarrier: true,
  position: 'closed',
  arrive: 'off',
  under: 'off',
  holders: [rsu, barrier],
  test: testView(),
  ...over,
})

export const safetyStates = {
  normal: safetyView({
    test: testView({
      last: {
        testId: 'command-0007',
        kind: 'open',
        by: '装机员',
        end: 'done',
        position: 'open',
        tookMs: 2_100,
      },
    }),
  }),
  busy: safetyView({
    barrierArmed: false,
    under: 'unknown',
    position: 'unknown',
    holders: [taken, { ...barrier, state: 'waiting', why: 'carInLane', taker: taken.taker }],
    test: testView({
      offers: [
        { kind: 'open', refused: 'notKnown' },
        { kind: 'close', refused: 'disarmed' },
        { kind: 'antenna', refused: 'held' },
        { kind: 'carrier', refused: 'notOnDevice' },
      ],
      last: {
        testId: 'command-0007',
        kind: 'close',
        by: '装机员',
        end: 'occupied',
        position: 'opening',
        tookMs: 2_100,
      },
    }),
  }),
} as const
export { taken as takenRsu }
