// The owner of tasks beside the lanes: what fails is named, shown and tried again at its pace; a stop ends it in order;
// and an error that broke a turn ends the process, whoever caught it.
import { expect, it, test } from 'vitest'
import { Inbox } from '#base/process/machine.ts'
import { SideTasks } from '#base/process/side-tasks.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { VirtualClock } from '../../devices/pure/camera/virtual-clock.ts'

const pace = { firstMs: 1_000, everyMs: 60_000 }

function bench() {
  const clock = new VirtualClock()
  const faults: LaneFault[] = []
  const fatal: string[] = []
  const tasks = new SideTasks({
    mono: clock,
    onFault: (fault) => faults.push(fault),
    fatal: ({ code }) => fatal.push(code),
  })
  const passes = async (ms: number): Promise<void> => {
    clock.run(ms)
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  return { clock, faults, fatal, tasks, passes }
}

const gone = new LaneFault('RUN-03', { note: t('工作线程已结束', 'the worker ended') })
/** How work fails: a reader that ends, a bug, a value that is no error, a throw before the first await. */
const failures: readonly (readonly [string, () => Promise<null>, string])[] = [
  ['a worker that ends', () => Promise.reject(gone), 'RUN-03: the worker ended'],
  [
    'a fault with file and field',
    () => Promise.reject(new LaneFault('FILE-02', { file: 'a.json', field: '/b' })),
    'FILE-02: a.json: /b',
  ],
  [
    'a bug',
    () => Promise.reject(new TypeError('x is not a function')),
    'TypeError x is not a function',
  ],
  ['a value', () => Promise.reject('full' as unknown as Error), 'full'],
  [
    'a throw at once',
    () => {
      throw new RangeError('too long')
    },
    'RangeError too long',
  ],
]

test.each(failures)(
  '%s: named, shown, said once, tried again at its pace',
  async (_, fail, text) => {
    const { tasks, faults, passes } = bench()
    let runs = 0
    let fails = true
    tasks.every('feedbackDue', pace, () => {
      runs++
      return fails ? fail() : Promise.resolve(undefined)
    })
    await passes(1_000)
    expect(tasks.notices()).toMatchObject([
      {
        code: 'TASK-01',
        note: `checking when feedback must be answered (${text}); overdue feedback is not shown until then`,
      },
    ])
    expect(tasks.notices()[0]?.why?.zh).toMatch(/^检查反馈的答复期限\(.*\);/)
    for (let minute = 0; minute < 59; minute++) await passes(60_000)
    expect([runs, faults.map(({ code }) => code)]).toEqual([60, ['TASK-01']])
    await passes(60_000)
    expect(faults).toHaveLength(2)
    fails = false
    await passes(60_000)
    expect([runs, tasks.notices(), faults.length]).toEqual([62, [], 2])
  },
)

it('runs at the delay that a run names, ends with null, and begins again when it is wanted', async () => {
  const { tasks, passes } = bench()
  const next: (number | null | undefined)[] = [10, undefined, null, null]
  let runs = 0
  const task = tasks.every('bills', pace, () => Promise.resolve(next[runs++]))
  await passes(1_000)
  await passes(10)
  expect(runs).toBe(2)
  await passes(59_999)
  expect(runs).toBe(2)
  await passes(1)
  await passes(10_000_000)
  expect(runs).toBe(3)
  task.soon()
  await passes(0)
  expect(runs).toBe(4)
})

it('never runs twice at once: what is wanted meanwhile follows', async () => {
  const { tasks, passes } = bench()
  const ends: (() => void)[] = []
  const task = tasks.every('copies', pace, () => new Promise<void>((end) => ends.push(end)))
  await passes(1_000)
  task.soon()
  await passes(120_000)
  expect(ends).toHaveLength(1)
  ends[0]?.()
  await passes(0)
  await passes(0)
  expect(ends).toHaveLength(2)
})

test.each([
  ['fails', (_: () => void, fail: (error: Error) => void) => fail(gone)],
  ['ends', (end: () => void) => end()],
])('a stop during a question that then %s: nothing is said, awaited to its end', async (_, how) => {
  const { clock, tasks, faults, passes } = bench()
  let settle: () => void = () => undefined
  let runs = 0
  tasks.every('upkeep', pace, () => {
    runs++
    return new Promise<undefined>((end, fail) => {
      settle = () => how(() => end(undefined), fail)
    })
  })
  await passes(1_000)
  tasks.stop()
  let isEnded = false
  const ended = tasks.ended().then(() => (isEnded = true))
  await passes(500)
  expect(isEnded).toBe(false)
  settle()
  await ended
  clock.run(10_000_000)
  expect([runs, tasks.notices(), faults]).toEqual([1, [], []])
})

it('a question without an answer holds a stop for a second at most, and nothing begins after a stop', async () => {
  const { tasks, passes } = bench()
  tasks.once('day', () => new Promise(() => undefined))
  tasks.stop()
  const ended = tasks.ended()
  await passes(1_000)
  await ended
  let runs = 0
  tasks.once('day', () => runs++)
  tasks.every('upkeep', pace, () => void runs++)
  await passes(10_000)
  expect(runs).toBe(0)
})

it('work that is done once fails under its name, until it succeeds', async () => {
  const { tasks, passes } = bench()
  tasks.once('foldCache', () => Promise.reject(gone))
  await passes(0)
  expect(tasks.notices()).toMatchObject([
    { code: 'TASK-01', note: expect.stringMatching(/^keeping the state/) as string },
  ])
  tasks.once('foldCache', () => Promise.resolve(1))
  await passes(0)
  expect(tasks.notices()).toEqual([])
})

it('a ledger with an unknown result ends the process; a full disk does not', async () => {
  const { tasks, fatal, passes } = bench()
  tasks.once('bills', () => Promise.reject(new LaneFault('DATA-02')))
  tasks.once('upkeep', () => Promise.reject(new LaneFault('LEDGER-06')))
  await passes(0)
  expect(fatal).toEqual(['LEDGER-06'])
  expect(tasks.notices().map(({ code }) => code)).toEqual(['TASK-01'])
  tasks.stray(new LaneFault('LEDGER-06'))
  expect(fatal).toEqual(['LEDGER-06', 'LEDGER-06'])
})

it('a rejected promise that nobody owned is shown until the end', async () => {
  const { tasks, faults, passes } = bench()
  tasks.stray(new TypeError('x'))
  await passes(10_000_000)
  expect(tasks.notices()).toMatchObject([{ code: 'TASK-02', note: 'TypeError x' }])
  expect(faults).toHaveLength(1)
})

test.each(['during a run', 'during a run after the stop'])(
  'a bug in a turn of a lane, %s: the process ends, whoever caught it',
  async (when) => {
    const { clock, tasks, passes } = bench()
    const lane = new Inbox<object>(() => {
      throw new Error('assertion failed: no such state')
    })
    let answer: () => void = () => undefined
    tasks.once('shiftPlans', async () => {
      await new Promise<void>((end) => (answer = end))
      lane.take({})
    })
    if (when.endsWith('stop')) tasks.stop()
    answer()
    await passes(-1)
    expect(() => clock.run(0)).toThrow('no such state')
    expect(tasks.notices()).toEqual([])
  },
)
