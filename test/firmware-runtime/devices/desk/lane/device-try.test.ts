// The test of a single device during set-up, with a scripted device: what each result is based on.
// The test moves time; the drivers behind it are tested in test/wire/setup-try.test.ts.
import { goodEnds } from '#base/pure/values/tried-ends.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  DeviceTry,
  type PassedTests,
  type TryNews,
  type TryTarget,
} from '#devices/desk/lane/device-try.ts'
import { RaisedBooms } from '#devices/hosts/raised-booms.ts'
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { HandClock } from '../../../runtime/control/control-kit.ts'

const boom: TryTarget = {
  laneId: 'exit',
  device: 'barrier',
  what: 'open',
  link: 'tcp://192.168.1.30:502',
  intake: null,
  gateway: null,
  channel: null,
  provinceCode: '4501',
  reservation: null,
}
let clock: HandClock
let tell: (news: TryNews) => void
let did: string[]
let tries: DeviceTry
let passed: PassedTests
/** As in the folder. */
let left: readonly RaisedBoom[]
let raised: RaisedBooms

beforeEach(() => {
  clock = new HandClock()
  did = []
  passed = {}
  left = []
  tries = again()
})
/** The same service after a restart of the program. */
function again(
  kept = new RaisedBooms({ read: () => left, write: (booms) => void (left = booms) }),
): DeviceTry {
  raised = kept
  return new DeviceTry({
    mono: clock,
    raised,
    kept: { read: () => passed, keep: (now) => void (passed = now) },
    wall: { nowMs: () => 1_795_156_200_000 },
    open: (target, said) => {
      tell = said
      if (target.link === 'none') return Promise.reject(new LaneFault('LINK-03'))
      return Promise.resolve({
        open: () => void did.push('open'),
        command: () => void did.push('command'),
        close: () => void did.push('close'),
      })
    },
  })
}
async function begin(over: Partial<TryTarget> = {}): Promise<void> {
  tries.begin({ ...boom, ...over })
  await Promise.resolve()
}
const position = (at: 'unknown' | 'closed' | 'opening' | 'open'): void =>
  tell({ is: 'position', position: at })
const newest = () => tries.view().at(-1)
const end = () => newest()?.end

it('a test that passed is known after a start, of that link alone, until it ends otherwise', async () => {
  await begin()
  tell({ is: 'reached' })
  position('closed')
  position('open')
  const atIso = tries.passedAt(boom)
  expect(atIso).not.toBeNull()
  expect(again().passedAt(boom)).toBe(atIso)
  expect(again().passedAt({ ...boom, link: 'tcp://192.168.1.31:502' })).toBeNull()
  tries = again()
  await begin()
  tries.stop()
  expect(again().passedAt(boom)).toBe(atIso)
  await begin()
  tell({ is: 'reached' })
  position('closed')
  tell({ is: 'answered', ok: false })
  expect(again().passedAt(boom)).toBeNull()
})

describe('a boom', () => {
  it('is commanded when its position is known, and open when the input says so', async () => {
    await begin()
    tell({ is: 'reached' })
    expect(did).toEqual(['open'])
    position('closed')
    expect(did).toEqual(['open', 'command'])
    tell({ is: 'answered', ok: true })
    clock.advance(3_000)
    expect(end()).toBe(null)
    position('open')
    expect(end()).toBe('open')
    expect(newest()?.steps.at(-1)).toEqual({ what: 'position', note: 'open', atMs: 3_000 })
    expect(did).toEqual(['open', 'command', 'close'])
  })

  it('passed by what was seen of it, until it is tested again, ends otherwise, or is another one', async () => {
    const passed = async (over: Partial<TryTarget> = {}) => {
      await begin(over)
      tell({ is: 'reached' })
      position('closed')
      position('open')
    }
    expect(tries.passedAt(boom)).toBe(null)
    await passed()
    const atIso = newest()?.atIso ?? ''
    expect(tries.passedAt(boom)).toBe(atIso)
    // Closing it, or another province, concerns the same boom.
    expect(tries.passedAt({ ...boom, what: 'close', provinceCode: '2101' })).toBe(atIso)
    expect(tries.passedAt({ ...boom, link: 'tcp://192.168.1.31:502' })).toBe(null)
    expect(tries.passedAt({ ...boom, laneId: 'entry' })).toBe(null)
    // A new test removes the old result, which does not return when the new test fails.
    await begin()
    expect(tries.passedAt(boom)).toBe(null)
    tell({ is: 'reached' })
    position('closed')
    tell({ is: 'answered', ok: false })
    expect([end(), tries.passedAt(boom)]).toEqual(['refused', null])
  })

  it('that is up already is not moved', async () => {
    await begin()
    tell({ is: 'reached' })
    position('open')
    expect([end(), did]).toEqual(['alreadyOpen', ['open', 'close']])
  })

  it('without position inputs ends as not known, never as open', async () => {
    await begin()
    tell({ is: 'reached' })
    clock.advance(1_500)
    tell({ is: 'answered', ok: true })
    clock.advance(15_000)
    expect(end()).toBe('notKnown')
  })

  it.each([
    ['its board refuses', { is: 'answered', ok: false }, 'refused'],
    ['it is late', { is: 'fault', note: 'openTimeout' }, 'notSeen'],
    ['it has a fault', { is: 'fault', note: 'limitBoth' }, 'fault'],
  ] as const)('ends at once where %s', async (_what, news, ends) => {
    await begin()
    tell({ is: 'reached' })
    position('closed')
    tell(news)
    expect(end()).toBe(ends)
  })

  it('is told as blocked when a car stayed below it, and a fault of before is no answer', async () => {
    await begin({ what: 'close' })
    tell({ is: 'reached' })
    tell({ is: 'fault', note: 'loopStuck' })
    expect(end()).toBe(null)
    clock.advance(1_500)
    tell({ is: 'blocked', note: 'under' })
    clock.advance(15_000)
    expect(end()).toBe('blocked')
  })
})

it('what a device showed stays beside it while others are tried, and goes when it is tried again', async () => {
  await begin()
  tell({ is: 'reached' })
  position('open')
  await begin({ device: 'camera', what: 'look' })
  const shown = () => tries.view().map((one) => [one.device, one.end])
  expect(shown()).toEqual([
    ['barrier', 'alreadyOpen'],
    ['camera', null],
  ])
  tries.stop()
  await begin()
  expect(shown()).toEqual([
    ['camera', 'stopped'],
    ['barrier', null],
  ])
})

it('silence ends by itself, a stop ends at once, and neither says that anything was seen', async () => {
  await begin()
  tell({ is: 'down', note: 'no way there' })
  clock.advance(15_000)
  expect(newest()).toMatchObject({ end: 'silent', steps: [{ what: 'down' }], leftMs: 0 })
  await begin({ device: 'camera', what: 'look' })
  tell({ is: 'listening', note: 'http://x' })
  expect(newest()?.leftMs).toBe(60_000)
  tries.stop()
  expect([end(), did.at(-1)]).toEqual(['stopped', 'close'])
  tell({ is: 'read', note: '测A12345', jpeg: null })
  expect(end()).toBe('stopped')
})

it('a plate without a picture is less than a picture', async () => {
  await begin({ device: 'camera', what: 'look' })
  tell({ is: 'read', note: '测A12345', jpeg: null })
  expect(end()).toBe(null)
  clock.advance(6_000)
  expect([end(), newest()?.picture]).toEqual(['plateOnly', null])
  await begin({ device: 'camera', what: 'look' })
  tell({ is: 'read', note: '测A12345', jpeg: Uint8Array.of(0xff, 0xd8) })
  expect([end(), newest()?.picture]).toEqual(['picture', '/9g='])
})

it('a plate whose time a lane cannot use fails, with the time as it was stated', async () => {
  await begin({ device: 'camera', what: 'look' })
  tell({ is: 'refused', note: 'readAt then now' })
  expect(end()).toBe(null)
  tell({ is: 'undated', note: 'timeNotUnderstood gestern' })
  expect([end(), newest()?.steps.at(-1)]).toEqual([
    'undated',
    { what: 'undated', note: 'timeNotUnderstood gestern', atMs: 0 },
  ])
  expect(goodEnds).not.toContain('undated')
})

it('one runs at a time, and a link that somebody has ends it with its code', async () => {
  await begin()
  expect(() => tries.begin(boom)).toThrow('SETUP-06')
  tries.stop()
  await begin({ link: 'none' })
  await Promise.resolve()
  expect(end()).toBe('silent')
  expect(newest()?.steps[0]?.note).toContain('LINK-03')
})

describe('a boom that the test raises', () => {
  const up = async (over: Partial<TryTarget> = {}): Promise<void> => {
    await begin({ by: '甲', name: '出口', ...over })
    tell({ is: 'reached' })
    position('closed')
  }
  it('is kept before it is commanded, with whose test it was', async () => {
    await begin({ by: '甲', name: '出口' })
    tell({ is: 'reached' })
    expect(left).toEqual([])
    let atCommand: readonly RaisedBoom[] = []
    raised.onChange.add(() => (atCommand = did.includes('command') ? [] : left))
    position('closed')
    const kept = { laneId: 'exit', link: boom.link, by: '甲', of: 'setup' }
    expect(atCommand).toMatchObject([{ ...kept, name: { zh: '出口', en: '出口' } }])
    expect(did).toEqual(['open', 'command'])
  })

  it.each([
    ['is seen up', () => position('open'), 1],
    ['is not seen anywhere', () => clock.advance(15_000), 1],
    ['is stopped by a person', () => tries.stop(), 1],
    ['has a fault', () => tell({ is: 'fault', note: 'openTimeout' }), 1],
    // The board took no pulse, and the input shows the boom where it was.
    ['stays down, as the board refused', () => tell({ is: 'answered', ok: false }), 0],
  ])('that %s: %i kept', async (_what, ends, count) => {
    await up()
    tell({ is: 'answered', ok: true })
    ends()
    expect(end()).not.toBe(null)
    expect(left).toHaveLength(count)
    // A kill changes nothing: the next start reads the same.
    again()
    expect(raised.list()).toHaveLength(count)
  })

  it('is forgotten when a close sees it down, and by nothing less', async () => {
    await up()
    position('open')
    await begin({ what: 'close' })
    tell({ is: 'reached' })
    position('open')
    clock.advance(15_000)
    expect(left).toHaveLength(1)
    await begin({ what: 'close' })
    tell({ is: 'reached' })
    position('closed')
    expect([end(), left]).toEqual(['alreadyClosed', []])
  })

  it.each([
    ['that was up already', () => position('open')],
    ['that was not reached', () => tell({ is: 'down', note: 'no way there' })],
  ])('%s was not raised by it', async (_what, news) => {
    await begin()
    if (_what.includes('already')) tell({ is: 'reached' })
    news()
    clock.advance(15_000)
    expect(left).toEqual([])
  })

  it('that cannot be kept is not raised', async () => {
    raised = new RaisedBooms({
      read: () => [],
      write: () => {
        throw new LaneFault('DATA-02')
      },
    })
    tries = again(raised)
    await up()
    expect(did).toEqual(['open', 'close'])
    expect(newest()).toMatchObject({ end: 'silent', steps: expect.arrayContaining([]) as never })
    expect(newest()?.steps.at(-1)?.note).toContain('DATA-02')
  })
})
