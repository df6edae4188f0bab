// The checklist before an installer leaves a lot: each line depends only on its own fact, gives what was measured, and
// ignores everything that simulated devices did.
import { expect, it } from 'vitest'
import {
  judgeLeave,
  leaveLines,
  mayLeave,
  type LeaveFacts,
  type LeaveLineId,
  type LeaveState,
} from '#lane/pure/lot/leave-lines.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs, instantOf, isoOf } from '#base/pure/values/instant.ts'

const nowMs = instantOf(2026, 3, 14)
const lane = { hasCamera: true, hasAntenna: false, hasBoom: true }
const test = { name: t('出口 显示屏', 'exit: display'), device: 'display', laneId: 'exit' }
const passed = { ...test, passedAtIso: isoOf(nowMs) }
const tested = { atIso: isoOf(nowMs - dayMs), testedAtIso: isoOf(nowMs - dayMs) }
const good: LeaveFacts = {
  simulated: false,
  lanes: [
    { ...lane, laneId: 'entry', name: t('入口', 'Entry') },
    { ...lane, laneId: 'exit', name: t('出口', 'Exit'), hasAntenna: true },
  ],
  firstCar: { state: 'done', why: t('首车', 'first car') },
  survey: { state: 'done', why: t('勘测通过', 'passed') },
  unsigned: [],
  cars: { entry: { plates: 3, obus: 0 }, exit: { plates: 4, obus: 3 } },
  booms: { entry: { opened: 3, closed: 3 }, exit: { opened: 9, closed: 8 } },
  copy: { to: '/media/stick', tested },
  tests: [passed],
  nowMs,
  unsent: { count: 0, oldestAgeSec: null },
  clock: { by: t('平台', 'the platform'), offsetMs: 300, limitMs: 30_000, ageSec: 20 },
  isClockInDoubt: false,
  unowned: 0,
  copyFault: null,
}
const statesOf = (over: Partial<LeaveFacts>) =>
  Object.fromEntries(judgeLeave({ ...good, ...over }).map(({ id, state }) => [id, state]))
const line = (id: LeaveLineId, over: Partial<LeaveFacts> = {}) =>
  judgeLeave({ ...good, ...over }).find((one) => one.id === id)

it('a lot of which all is done may be left, and no line says what to do', () => {
  const lines = judgeLeave(good)
  expect(lines.map(({ id }) => id)).toEqual(Object.keys(leaveLines))
  expect(lines.map(({ state, todo }) => [state, todo])).toEqual(lines.map(() => ['done', null]))
  expect(mayLeave(lines)).toBe(true)
})

const step = (state: 'open' | 'failed' | 'notStarted') => ({ state, why: t('没有', 'not') })
const old = { ...tested, testedAtIso: isoOf(nowMs - 8 * dayMs) }
const faults: readonly [LeaveLineId, LeaveState, Partial<LeaveFacts>][] = [
  ['firstCar', 'open', { firstCar: step('notStarted') }],
  ['firstCar', 'failed', { firstCar: step('failed') }],
  ['carsRead', 'open', { cars: {} }],
  ['carsRead', 'open', { cars: { ...good.cars, entry: { plates: 2, obus: 0 } } }],
  ['carsRead', 'open', { cars: { ...good.cars, exit: { plates: 4, obus: 2 } } }],
  ['boomsSeen', 'open', { booms: {} }],
  ['boomsSeen', 'open', { booms: { ...good.booms, exit: { opened: 9, closed: 2 } } }],
  ['unsent', 'open', { unsent: { count: 2, oldestAgeSec: 61 } }],
  ['clock', 'open', { clock: null }],
  ['clock', 'failed', { clock: { by: t('a', 'a'), offsetMs: -1_200, limitMs: 1_000, ageSec: 1 } }],
  ['clock', 'open', { clock: { by: t('a', 'a'), offsetMs: 0, limitMs: 1_000, ageSec: 301 } }],
  ['clock', 'failed', { isClockInDoubt: true }],
  ['copy', 'open', { copy: { to: null, tested: null } }],
  ['copy', 'open', { copy: { to: '/media/stick', tested: null } }],
  ['copy', 'open', { copy: { to: '/media/stick', tested: old } }],
  ['copy', 'failed', { copyFault: 'COPY-02' }],
  ['survey', 'open', { unsigned: ['exit'] }],
  ['survey', 'failed', { survey: step('failed') }],
  ['items', 'open', { unowned: 1 }],
  ['tests', 'open', { tests: [passed, { ...test, passedAtIso: null }] }],
]
it.each(faults)('%s is %s by its own fact, and what to do is said', (id, state, over) => {
  const others = Object.keys(leaveLines).filter((one) => one !== id)
  const found = statesOf(over)
  expect(found[id]).toBe(state)
  expect(others.map((one) => found[one])).toEqual(others.map(() => 'done'))
  expect(line(id, over)?.todo).not.toBeNull()
  expect(mayLeave(judgeLeave({ ...good, ...over }))).toBe(false)
})

it('simulated devices prove neither cars nor booms nor tests', () => {
  const found = statesOf({ simulated: true })
  expect([found['carsRead'], found['boomsSeen'], found['tests']]).toEqual(['open', 'open', 'open'])
})

it('a camera is tested by a car it read, a boom by being seen up and down, a display by its test alone', () => {
  const of = (device: string, laneId = 'exit') => ({
    tests: [{ ...test, device, laneId, passedAtIso: null }],
  })
  expect(line('tests', of('camera'))?.state).toBe('done')
  expect(line('tests', of('barrier'))?.state).toBe('done')
  expect(line('tests', of('display'))?.state).toBe('open')
  expect(line('tests', of('camera', 'another'))?.state).toBe('open')
})

it('what a lot does not have is no line that is open', () => {
  const lanes = [{ ...lane, laneId: 'a', name: t('a', 'a'), hasCamera: false, hasBoom: false }]
  const lines = judgeLeave({ ...good, lanes, tests: [] })
  const none = lines.filter(({ state }) => state === 'none').map(({ id }) => id)
  expect(none).toEqual(['carsRead', 'boomsSeen', 'tests'])
  expect(mayLeave(lines)).toBe(true)
})

it.each([
  ['its test saw it', '2026-03-01T08:00:00+08:00', 'barrier', 'exit', false],
  ['its test did not pass', null, 'barrier', 'exit', true],
  ['the test of another device passed', '2026-03-01T08:00:00+08:00', 'display', 'exit', true],
  ['the boom of another lane was seen', '2026-03-01T08:00:00+08:00', 'barrier', 'entry', true],
] as const)(
  'a boom that no car has moved yet: %s',
  (_name, passedAtIso, device, laneId, isBlind) => {
    const name = t('测试', 'Test')
    const tests = [{ name, device, laneId, passedAtIso }]
    const { entry } = good.booms
    const found = line('boomsSeen', { booms: entry === undefined ? {} : { entry }, tests })
    expect(found?.state).toBe('open')
    expect(JSON.stringify(found).includes('到位信号从未见过')).toBe(isBlind)
  },
)
