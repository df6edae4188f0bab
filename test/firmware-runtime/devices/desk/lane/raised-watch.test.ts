// Lowering a boom that a test left up, with a scripted barrier: only where the safety loop is seen free, only on a press, and a
// block ends it with the boom up. The drivers behind it are tested in test/wire/raised-boom.test.ts.
import { beforeEach, expect, it } from 'vitest'
import { RaisedBooms } from '#devices/hosts/raised-booms.ts'
import type { TryNews } from '#devices/desk/lane/device-try.ts'
import { RaisedWatch } from '#devices/desk/lane/raised-watch.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'

const boom: RaisedBoom = {
  laneId: 'exit',
  name: { zh: '出口', en: 'Exit' },
  link: 'tcp://192.168.1.30:502',
  by: '甲',
  atIso: '2026-11-30T14:02:00+08:00',
  of: 'setup',
}
let clock: HandClock
let did: string[]
let tell: (news: TryNews) => void
let left: readonly RaisedBoom[]
let tested: boolean
let hasUnder: boolean
let isHeld: boolean
let watch: RaisedWatch

beforeEach(() => {
  clock = new HandClock()
  did = []
  left = [boom]
  tested = false
  hasUnder = true
  isHeld = false
  watch = new RaisedWatch({
    raised: new RaisedBooms({ read: () => left, write: (booms) => void (left = booms) }),
    mono: clock,
    isTested: () => tested,
    open(_target, said) {
      tell = said
      if (isHeld) return Promise.reject(new LaneFault('LINK-03'))
      return Promise.resolve({
        open: () => void did.push('open'),
        command: () => void did.push('command'),
        close: () => void did.push('closed'),
        boom: { hasUnder, send: (what) => void did.push(what) },
      })
    },
  })
})
async function seen(...news: readonly TryNews[]): Promise<void> {
  watch.look(boom)
  await Promise.resolve()
  await Promise.resolve()
  tell({ is: 'reached' })
  for (const one of news) tell(one)
}
const up = { is: 'position', position: 'open' } as const
const loop = (state: 'on' | 'off' | 'unknown') => ({ is: 'loop', state }) as const

it.each([
  ['a free loop', [up, loop('off')], null],
  ['a free loop and a boom of unknown position', [loop('off')], null],
  ['an occupied loop', [up, loop('on')], 'TEST-01'],
  ['a loop that came on again', [up, loop('off'), loop('on')], 'TEST-01'],
  ['a loop that is not known', [up], 'TEST-01'],
  ['a loop that became stale', [up, loop('off'), loop('unknown')], 'TEST-01'],
  ['a lost link', [up, loop('off'), { is: 'down', note: 'cut' }], 'TEST-01'],
] as const)('%s', async (_what, news, code) => {
  await seen(...news)
  expect(did).toEqual(['open'])
  if (code === null) watch.lower(boom)
  else expect(() => watch.lower(boom)).toThrow(code)
  expect(did).toEqual(code === null ? ['open', 'close'] : ['open'])
})

it('no loop fitted: nothing lowers it from here, whatever the inputs say', async () => {
  hasUnder = false
  await seen(up, loop('off'))
  expect(watch.look(boom).under).toBe('none')
  expect(() => watch.lower(boom)).toThrow('TEST-01')
  expect(did).toEqual(['open'])
})

it('is never lowered by looking at it', async () => {
  await seen(up, loop('off'))
  for (let n = 0; n < 5; n++) {
    watch.look(boom)
    clock.advance(1_000)
  }
  expect(did).toEqual(['open'])
  expect(left).toHaveLength(1)
})

it('that came down is forgotten', async () => {
  await seen(up, loop('off'))
  watch.lower(boom)
  expect(watch.look(boom).isLowering).toBe(true)
  expect(() => watch.lower(boom)).toThrow('TEST-02')
  tell({ is: 'answered', ok: true })
  expect(left).toHaveLength(1)
  tell({ is: 'position', position: 'closed' })
  expect([left, did]).toEqual([[], ['open', 'close', 'closed']])
})

it.each([
  ['blocked', { is: 'blocked', note: 'under' }, 'blocked', ['lift']],
  ['refused by its board', { is: 'answered', ok: false }, 'refused', []],
  ['late', { is: 'fault', note: 'closeTimeout' }, 'notSeen', []],
  ['at fault', { is: 'fault', note: 'limitBoth' }, 'fault', []],
] as const)('that is %s stays a matter, and is pressed again', async (_what, news, end, more) => {
  await seen(up, loop('off'))
  watch.lower(boom)
  tell(news)
  expect(watch.look(boom)).toMatchObject({ end, isLowering: false })
  expect(did).toEqual(['open', 'close', ...more])
  clock.advance(15_000)
  expect([left.length, did.length]).toEqual([1, 2 + more.length + 1])
})

it.each([
  ['open', 'notSeen'],
  ['unknown', 'notKnown'],
] as const)('that is still %s after 15 s is stopped, and ends as %s', async (position, end) => {
  await seen({ is: 'position', position }, loop('off'))
  watch.lower(boom)
  for (let n = 0; n < 15; n++) {
    clock.advance(1_000)
    watch.look(boom)
  }
  expect(watch.look(boom)).toMatchObject({ end, isLowering: false })
  expect(did).toEqual(['open', 'close', 'stop'])
  expect(left).toHaveLength(1)
})

it('a boom that a person lowered by its own button is no matter any more', async () => {
  await seen(up, loop('off'), { is: 'position', position: 'closed' })
  expect(left).toEqual([])
})

it('frees the link when nobody looks, and for a test', async () => {
  await seen(up, loop('off'))
  clock.advance(5_000)
  expect(did).toEqual(['open', 'closed'])
  await seen(up)
  watch.rest()
  expect(did).toEqual(['open', 'closed', 'open', 'closed'])
  tested = true
  expect(watch.look(boom)).toMatchObject({ isReached: false, under: 'unknown' })
  expect(did).toHaveLength(4)
})

it('a link that another program has is tried again with the next look', async () => {
  isHeld = true
  await seen()
  await Promise.resolve()
  expect([watch.look(boom).isReached, did]).toEqual([false, []])
  isHeld = false
  // The refusal of the look above arrives before the next look.
  for (let n = 0; n < 5; n++) await Promise.resolve()
  await seen(up, loop('off'))
  expect(watch.look(boom)).toMatchObject({ isReached: true, under: 'off' })
})
