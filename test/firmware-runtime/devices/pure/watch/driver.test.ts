// Order, silence and unknown sensors: how reports change the spaces, and how they must not.
// A space whose state is unknown never counts as free.
import { describe, expect, it } from 'vitest'
import {
  agreed,
  countSpaces,
  found,
  withSpaceReport,
  lost,
  unheardSpace,
} from '#devices/pure/spaces/occupancy.ts'
import { bareReport, isNewer, soundTimes, type SpaceReport } from '#devices/pure/spaces/report.ts'
import { watchDriver, type WatchEvent, type SpaceEvent } from '#devices/pure/watch/driver.ts'

const report = (over: Partial<SpaceReport> = {}): SpaceReport => ({
  ...bareReport,
  deviceId: 'a',
  occupied: true,
  deviceAtMs: 1_000_000,
  seq: 10,
  ...over,
})

describe('which report tells the present', () => {
  it.each<[string, SpaceReport | null, Partial<SpaceReport>, boolean]>([
    ['the first', null, {}, true],
    ['the next', report(), { seq: 11, deviceAtMs: 1_000_001 }, true],
    ['the same again', report(), {}, false],
    ['one that was overtaken', report(), { seq: 9, deviceAtMs: 999_999 }, false],
    ['the next by a clock that went back', report(), { seq: 11, deviceAtMs: 5 }, true],
    ['one that counts anew by a clock that went on', report(), { seq: 1, deviceAtMs: 2e6 }, true],
    [
      'one that counts anew and lost its clock',
      report({ seq: 900 }),
      { seq: 1, deviceAtMs: 5 },
      true,
    ],
    ['one that says that it started', report(), { seq: 0, deviceAtMs: 0, restarted: true }, true],
    ['a later one without a counter', report({ seq: null }), { seq: null, deviceAtMs: 2e6 }, true],
    [
      'an earlier one without a counter',
      report({ seq: null }),
      { seq: null, deviceAtMs: 5 },
      false,
    ],
    [
      'another car within the same second',
      report({ seq: null, occupied: false }),
      { seq: null },
      true,
    ],
    ['the same within the same second', report({ seq: null }), { seq: null }, false],
    ['one without either', report({ seq: null, deviceAtMs: null }), { seq: null }, true],
  ])('%s', (_name, was, now, newer) => {
    expect(isNewer(was, report(now))).toBe(newer)
  })
})

class Lot {
  readonly told: SpaceEvent[] = []
  readonly timers = new Map<string, number | null>()
  private readonly driver = watchDriver({ spaces: { a: 'A-01', b: 'A-02' }, silentMs: 1_000 })
  state = this.driver.initial()

  step(event: Omit<WatchEvent & { type: string }, 'atMs'>): void {
    const step = this.driver.step(this.state, { atMs: 0, ...event } as WatchEvent)
    this.state = step.state
    for (const effect of step.effects)
      if (effect.do === 'emit') this.told.push(effect.event)
      else this.timers.set(effect.name, effect.afterMs)
  }

  says(device: string, seq: number, occupied: boolean): void {
    const reports = [report({ deviceId: device, seq, occupied })]
    this.step({ type: 'read', read: { ok: true, reports } } as never)
  }

  types(): string[] {
    return this.told.splice(0).map((event) => event.type)
  }
}

describe('the sensors of a lot', () => {
  it('are up with the first that is heard, and down when all are silent', () => {
    const lot = new Lot()
    lot.step({ type: 'linkUp' } as never)
    expect(lot.types()).toEqual([])
    lot.says('a', 1, true)
    expect(lot.types()).toEqual(['spaceHeard', 'sensorsUp'])
    lot.says('b', 1, true)
    expect(lot.types()).toEqual(['spaceHeard'])
    expect(lot.timers.get('silent a')).toBe(1_000)
    lot.step({ type: 'timer', name: 'silent a' } as never)
    expect(lot.types()).toEqual(['spaceLost'])
    lot.step({ type: 'timer', name: 'silent b' } as never)
    expect(lot.types()).toEqual(['spaceLost', 'sensorsDown'])
    lot.says('a', 1, false)
    expect(lot.types()).toEqual([])
    lot.says('a', 2, false)
    expect(lot.types()).toEqual(['spaceHeard', 'sensorsUp'])
  })

  it('are lost with their way, and what they said holds when it is back', () => {
    const lot = new Lot()
    lot.step({ type: 'linkUp' } as never)
    lot.says('a', 1, true)
    lot.types()
    lot.step({ type: 'linkDown', reason: 'cut' } as never)
    expect(lot.types()).toEqual(['spaceLost', 'sensorsDown'])
    lot.step({ type: 'linkUp' } as never)
    expect(lot.types()).toEqual(['spaceFound', 'sensorsUp'])
  })

  it('count what they do not take', () => {
    const lot = new Lot()
    lot.step({ type: 'linkUp' } as never)
    lot.says('a', 5, true)
    lot.says('a', 5, true)
    lot.says('z', 1, true)
    lot.step({ type: 'read', read: { ok: false, reason: 'noSpaceState' } } as never)
    lot.says('__proto__', 1, true)
    expect(lot.state.counters).toEqual({
      reports: 1,
      old: 1,
      past: 0,
      undated: 0,
      strangers: 2,
      refused: 1,
    })
  })
})

const minute = 60_000
const newsWords = { spaceHeard: 'heard', spaceFound: 'found', spaceOut: 'out', spaceLost: 'lost' }

const ofCamera = { spaces: { a: 'A-01', b: 'A-02' }, silentMs: 1_000, looksAnew: true } as const

/** A camera of two spaces, with its reports by second and picture. */
class Camera {
  readonly told: string[] = []
  readonly timers = new Map<string, number | null>()
  private readonly driver
  state
  private atMs = 0

  constructor(more: Partial<Parameters<typeof watchDriver>[0]> = {}) {
    this.driver = watchDriver({ ...ofCamera, ...more })
    this.state = this.driver.initial()
    this.step({ type: 'linkUp' })
  }

  step(event: object): this {
    const step = this.driver.step(this.state, { atMs: this.atMs, ...event } as WatchEvent)
    this.state = step.state
    for (const effect of step.effects)
      if (effect.do === 'timer') this.timers.set(effect.name, effect.afterMs)
      else if ('spaceId' in effect.event) {
        const { type, deviceId } = effect.event
        this.told.push(
          effect.event.type === 'spaceLost'
            ? `${deviceId} lost ${effect.event.why}`
            : `${deviceId} ${newsWords[type]}`,
        )
      }
    return this
  }

  sees(deviceId: string, occupied: boolean, atMs: number, more: Partial<SpaceReport> = {}): this {
    this.atMs = atMs
    const one = report({ deviceId, occupied, deviceAtMs: atMs, seq: null, ...more })
    return this.step({ type: 'read', read: { ok: true, reports: [one] } })
  }

  view(fault: string, isOver: boolean, by = fault): this {
    return this.step({ type: 'read', read: { ok: true, reports: [], view: { fault, by, isOver } } })
  }

  news(): string[] {
    return this.told.splice(0)
  }
}

describe('a camera of spaces is doubted', () => {
  it.each(['blind', 'turned'])('while it is %s, and each space waits for a new look', (fault) => {
    const camera = new Camera().sees('a', true, 1_000).sees('b', false, 1_000)
    camera.news()
    expect(camera.view(fault, false).news()).toEqual([`a lost ${fault}`, `b lost ${fault}`])
    expect(camera.sees('a', false, 2_000).news()).toEqual([])
    expect(camera.view(fault === 'blind' ? 'turned' : 'blind', true).news()).toEqual([])
    expect(camera.sees('a', false, 3_000).news()).toEqual([])
    expect(camera.view(fault, true).news()).toEqual([])
    expect(camera.sees('a', false, 4_000).news()).toEqual(['a heard'])
    expect(camera.state.doubt).toBeNull()
  })

  it('until a person says that it sees its spaces', () => {
    const camera = new Camera().sees('a', true, 1_000).view('turned', false)
    camera.news()
    expect(camera.step({ type: 'trusted' }).state.doubt).toBeNull()
    expect(camera.news()).toEqual([])
    expect(camera.sees('a', true, 2_000).news()).toEqual(['a heard'])
  })

  it('when three looks in a row have one picture, until another comes', () => {
    const camera = new Camera()
    for (const n of [1, 2]) camera.sees('a', true, n * 1_000, { pictureMark: 7 })
    expect(camera.news()).toEqual(['a heard', 'a heard'])
    camera.sees('a', true, 3_000, { pictureMark: 7 })
    expect(camera.news()).toEqual(['a lost frozen'])
    expect(camera.sees('b', true, 4_000, { pictureMark: 7 }).news()).toEqual([])
    expect(camera.sees('a', true, 5_000, { pictureMark: 8 }).news()).toEqual(['a heard'])
  })

  it.each([
    ['pictures that differ', [7, 8, 7, 8, 7]],
    ['two equal ones', [7, 7, 8, 8, 9]],
    ['none at all', [null, null, null, null, null]],
  ])('but not for %s', (_what, marks) => {
    const camera = new Camera()
    marks.forEach((pictureMark, n) => camera.sees('a', true, n * 1_000, { pictureMark }))
    expect(camera.state.doubt).toBeNull()
  })

  it('when its link is cut while it is blind, what it said before does not hold', () => {
    const camera = new Camera().sees('a', true, 1_000).view('blind', false)
    camera.step({ type: 'linkDown', reason: 'cut' })
    camera.news()
    expect(camera.step({ type: 'linkUp' }).news()).toEqual([])
  })
})

describe('what speaks against a view', () => {
  it.each<[string, (camera: Camera) => Camera, string | null]>([
    [
      'another event than the one that began it',
      (one) => one.view('blind', false, 'shelteralarm').view('blind', true, 'videoloss'),
      'blind',
    ],
    [
      'the event that began it',
      (one) => one.view('blind', false, 'shelteralarm').view('blind', true, 'shelteralarm'),
      null,
    ],
    [
      'the end of a cover over a camera that was turned',
      (one) => one.view('turned', false).view('blind', false).view('blind', true),
      'turned',
    ],
    [
      'the end of a picture that stood still',
      (one) =>
        [7, 7, 7, 8].reduce(
          (camera, pictureMark, n) => camera.sees('a', true, n * 1_000, { pictureMark }),
          one,
        ),
      null,
    ],
  ])('%s', (_what, happens, doubt) => {
    expect(happens(new Camera()).state.doubt).toBe(doubt)
  })

  it.each([
    ['turned', { scenechangedetection: 'turned' }],
    ['unchecked', { start: 'unchecked' }],
    ['blind', { shelteralarm: 'blind' }],
  ] as const)('before this start (%s) holds until a person looks', (doubt, faults) => {
    const camera = new Camera({ faults })
    expect(camera.sees('a', true, 1_000).news()).toEqual([])
    expect(camera.state.doubt).toBe(doubt)
    camera.step({ type: 'trusted' })
    expect(camera.sees('a', true, 2_000).news()).toEqual(['a heard'])
  })
})

describe('a camera that turns by a plan', () => {
  it('says of the spaces that it leaves that it does not see them', () => {
    const camera = new Camera().sees('a', true, 1_000)
    camera.news()
    expect(camera.step({ type: 'left', deviceIds: ['a', 'b', 'z'] }).news()).toEqual(['a out'])
    expect(camera.state.last['a']?.occupied).toBe(true)
  })

  it('says nothing of them while it is doubted', () => {
    const camera = new Camera().sees('a', true, 1_000).view('turned', false)
    camera.news()
    expect(camera.step({ type: 'left', deviceIds: ['a'] }).news()).toEqual([])
  })

  it.each([
    ['a heartbeat', undefined],
    ['a camera that has its picture again', { fault: 'blind', by: 'videoloss', isOver: true }],
  ])('lets its spaces grow old, whatever %s says', (_what, view) => {
    const camera = new Camera({ looksOnly: true }).sees('a', true, 1_000)
    camera.timers.clear()
    camera.step({ type: 'read', read: { ok: true, reports: [], view } })
    expect([...camera.timers.keys()]).toEqual([])
  })
})

describe('a camera whose link comes back', () => {
  it.each([
    ['the same car', true],
    ['no car', false],
  ])('waits for a new look of %s: somebody else may have come meanwhile', (_what, occupied) => {
    const camera = new Camera().sees('a', true, 1_000)
    camera.step({ type: 'linkDown', reason: 'cut' })
    expect(camera.news().slice(-1)).toEqual(['a lost link'])
    expect(camera.step({ type: 'linkUp' }).news()).toEqual([])
    expect(camera.sees('a', occupied, 9_000).news()).toEqual(['a heard'])
  })
})

describe('a watcher that flips', () => {
  const flip = (camera: Camera, times: number, everyMs: number): Camera => {
    for (let n = 0; n <= times; n++) camera.sees('a', n % 2 === 1, n * everyMs)
    return camera
  }

  it('is unknown at the twelfth change in a quarter of an hour, and known again when it keeps still', () => {
    const camera = flip(new Camera(), 12, minute)
    expect(camera.news().slice(-2)).toEqual(['a heard', 'a lost flips'])
    expect(camera.state.flipping).toEqual(['a'])
    expect(camera.timers.get('steady a')).toBe(15 * minute)
    expect(camera.sees('a', false, 13 * minute).news()).toEqual([])
    expect(camera.step({ type: 'timer', name: 'steady a' }).news()).toEqual(['a found'])
    expect(camera.sees('a', false, 30 * minute).news()).toEqual(['a heard'])
  })

  it.each([
    ['eleven changes', 11, minute],
    ['twelve changes in an hour', 12, 5 * minute],
    ['twenty changes in a day', 20, 60 * minute],
  ])('%s are none', (_what, times, everyMs) => {
    expect(flip(new Camera(), times, everyMs).state.flipping).toEqual([])
  })

  it('leaves its neighbour alone', () => {
    const camera = flip(new Camera(), 14, minute)
    camera.news()
    expect(camera.sees('b', true, 15 * minute).news()).toEqual(['b heard'])
  })
})

describe('a report from the future', () => {
  it.each([
    ['from next year', 31_536_000_000, null],
    ['eleven minutes ahead', 660_000, null],
    ['nine minutes ahead', 540_000, 540_000],
    ['of yesterday', -86_400_000, -86_400_000],
  ])('%s', (_what, deviceAtMs, kept) => {
    const read = soundTimes({ ok: true, reports: [report({ deviceAtMs })] }, 0)
    expect(read.ok && read.reports[0]?.deviceAtMs).toBe(kept)
  })
})

describe('what was sent again', () => {
  it('is counted and changes nothing', () => {
    const camera = new Camera().sees('a', true, 1_000, { isPast: true })
    expect([camera.news(), camera.state.counters.past]).toEqual([[], 1])
  })

  it('of a camera without a time begins and ends nothing, and is counted until one with a time', () => {
    const camera = new Camera().sees('a', true, 1_000)
    expect(camera.news()).toEqual(['a heard'])
    for (let n = 0; n < 3; n++)
      camera.sees('a', false, 2_000, { deviceAtMs: null, isUndated: true })
    expect([camera.news(), camera.state.counters.undated]).toEqual([[], 3])
    camera.sees('a', false, 3_000)
    expect([camera.news(), camera.state.counters.undated]).toEqual([['a heard'], 0])
  })

  it.each([0, 1, 2])(
    'the picture that is there (videoloss inactive) is a sign of life of %s',
    (count) => {
      const camera = new Camera()
      for (const id of ['a', 'b'].slice(0, count)) camera.sees(id, true, 1_000)
      camera.timers.clear()
      camera.view('blind', true, 'videoloss')
      expect([...camera.timers.keys()]).toEqual(['silent a', 'silent b'].slice(0, count))
      expect(camera.view('blind', false, 'videoloss').timers.size).toBe(count)
    },
  )

  it.each([0, 1, 2])('a sign of life keeps %s awake spaces from silence', (count) => {
    const camera = new Camera()
    for (const id of ['a', 'b'].slice(0, count)) camera.sees(id, true, 1_000)
    camera.timers.clear()
    camera.step({ type: 'read', read: { ok: true, reports: [] } })
    expect([...camera.timers.keys()]).toEqual(['silent a', 'silent b'].slice(0, count))
  })
})

describe('a second witness', () => {
  const is = (occupied: boolean | null) => ({ occupied })
  it.each([
    [true, null, true],
    [true, true, true],
    [false, false, false],
    [true, false, null],
    [false, true, null],
    [null, true, null],
    [null, false, null],
    [null, null, null],
  ])('the watcher says %s, the witness %s: %s', (watcher, witness, said) => {
    expect(agreed(is(watcher), witness === null ? null : is(witness))).toBe(said)
  })
})

describe('spaces', () => {
  it('that nobody knows are counted apart, and never as free', () => {
    const space = unheardSpace('A-01', 'geo', 'a')
    const free = withSpaceReport(space, report({ occupied: false }), 5)
    const taken = withSpaceReport(free, report({ occupied: true }), 9)
    expect([space, free, taken].map(({ occupied }) => occupied)).toEqual([null, false, true])
    expect(countSpaces([space, free, taken, lost(free)])).toEqual({
      total: 4,
      free: 1,
      occupied: 1,
      unknown: 2,
    })
    expect(found(lost(free)).occupied).toBe(false)
    expect(found(lost(space)).occupied).toBeNull()
    expect(withSpaceReport(taken, report({ occupied: true }), 20)).toMatchObject({
      sinceMs: 9,
      receivedMs: 20,
    })
  })
})
