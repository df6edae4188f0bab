// Row 5 against the worked examples of the reference, and against an antenna whose whole field is known: free space and a
// ground ray, a sinc beam. The model here shares no code with the product's.
import { describe, expect, it } from 'vitest'
import { recordRefusal } from '#survey/runs/record-rules.ts'
import { guardDb, normalShare } from '#survey/pure/decision.ts'
import { parkingGrid, type PointMm } from '#survey/pure/field/grid.ts'
import { levelsAt } from '#survey/pure/field/field-readings.ts'
import { insidePlaces, ringPlaces } from '#survey/pure/field/obu-tries.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type {
  FieldBody,
  ObuTriesBody,
  OpenedBody,
  SurveyBody,
  ZonePlan,
} from '#survey/pure/file/record.ts'
import { fieldView } from '#survey/pure/file/survey-view.ts'
import { walkOf } from '#survey/pure/survey-points.ts'
import { zoneFacts } from '#survey/pure/field/zone-verdict.ts'
import { recordsOf } from '../records.ts'
import { analyser, background, boxField, drift, openedBody } from '../whole-field.ts'
import { readAt, trigger, walked, wholeField } from '../whole-field.ts'

const facts = (bodies: readonly SurveyBody[]) => {
  const found = zoneFacts(projectOf(recordsOf(bodies)))
  if (found === null) throw new Error('nothing was read')
  return found
}
const verdict = (bodies: readonly SurveyBody[]): string => facts(bodies).verdict
const withZone = (more: Partial<ZonePlan>, of: Partial<OpenedBody> = {}): OpenedBody => ({
  ...openedBody,
  ...of,
  zone: { ...(openedBody.zone as ZonePlan), ...more },
})
const good = boxField(-41.1, -48.9)
const whole = wholeField(good)
const inner = { xMm: 1_500, yMm: 2_250 }
const { gainDbi: _gain, ...bare } = analyser
const { noNeighbours: _alone, ...besides } = openedBody.zone as ZonePlan
const silent: OpenedBody = { ...openedBody, zone: besides }
/** Further readings, before the last drift reading. */
const also = (bodies: readonly SurveyBody[], ...more: readonly SurveyBody[]) =>
  bodies.toSpliced(-1, 0, ...more)
const set = (bodies: readonly SurveyBody[], at: PointMm, levelDbm: number): readonly SurveyBody[] =>
  bodies.map((body) =>
    body.kind === 'field' && body.place === 'lane' && body.xMm === at.xMm && body.yMm === at.yMm
      ? { ...body, levelsDbm: [levelDbm] }
      : body,
  )

interface Mount {
  readonly x: number
  readonly y: number
  readonly down: number
  readonly yaw: number
  readonly eirp: number
  readonly across: number
  readonly along: number
}
const rad = (deg: number): number => (deg * Math.PI) / 180
function sincDb(angleRad: number, widthDeg: number): number {
  const u = (1.391_56 * Math.sin(angleRad)) / Math.sin(rad(widthDeg / 2))
  return u === 0 ? 0 : 20 * Math.log10(Math.abs(Math.sin(u) / u) + 1e-9)
}
type Vector = readonly [number, number, number]
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** Mean power in dBm at 1 m above the ground, of an antenna 3 m up; x and y in metres in the plan of the box. */
function dbmOf(mount: Mount, x: number, y: number): number {
  const [down, yaw] = [rad(mount.down), rad(mount.yaw)]
  const beam: Vector = [
    ...[Math.sin(yaw) * Math.cos(down), Math.cos(yaw) * Math.cos(down), -Math.sin(down)],
  ] as unknown as Vector
  const right: Vector = [Math.cos(yaw), -Math.sin(yaw), 0]
  const up: Vector = [
    ...[Math.sin(yaw) * Math.sin(down), Math.cos(yaw) * Math.sin(down), Math.cos(down)],
  ] as unknown as Vector
  const ray = (z: number) => {
    const way: Vector = [x - mount.x, y - mount.y, z - 3]
    const metres = Math.hypot(...way)
    const ahead = dot(way, beam)
    const [across, along] = [Math.atan2(dot(way, right), ahead), Math.atan2(dot(way, up), ahead)]
    const gain = ahead <= 0 ? -20 : sincDb(across, mount.across) + sincDb(along, mount.along)
    const level = mount.eirp + Math.max(-20, gain) - 20 * Math.log10(metres) - 47.76
    return { power: 10 ** (level / 10), sine: Math.abs(way[2]) / metres }
  }
  const [direct, ground] = [ray(1), ray(-1)]
  const root = Math.sqrt(5 - (1 - ground.sine ** 2))
  const flat = (ground.sine - root) / (ground.sine + root)
  const upright = (5 * ground.sine - root) / (5 * ground.sine + root)
  return 10 * Math.log10(direct.power + ((flat + upright) / 2) ** 2 * ground.power)
}
const fieldOf =
  (mount: Mount) =>
  ({ xMm, yMm }: PointMm): number =>
    dbmOf(mount, xMm / 1_000, yMm / 1_000)
/** Straight down over the middle of the box. */
const arm: Mount = { x: 1.6, y: 2.25, down: 90, yaw: 0, eirp: 22.4, across: 38, along: 45 }
const armOpened = withZone(
  { needed: { leftMm: 800, rightMm: 2_300, nearMm: 1_250, farMm: 3_250 } },
  { trigger: { xMm: 1_550, yMm: 2_250 } },
)

describe('the worked examples of row 5', () => {
  it('passes an arm over the lane, with the levels of the reference', () => {
    const found = facts(wholeField(fieldOf(arm), armOpened))
    expect(found.verdict).toBe('pass')
    expect(found.need?.levelDbm).toBeCloseTo(-41.1, 0)
    expect(found.out?.levelDbm).toBeCloseTo(-48.9, 1)
    expect(found.words.en).toContain('field only')
    const { zone } = fieldView(projectOf(recordsOf(wholeField(fieldOf(arm), armOpened)))) ?? {}
    expect(Math.abs((zone?.widthMm ?? 0) - 2_800)).toBeLessThan(150)
    expect(Math.abs((zone?.lengthMm ?? 0) - 3_400)).toBeLessThan(150)
  })

  it('fails the same arm 6 dB too strong', () => {
    expect(verdict(wholeField(fieldOf({ ...arm, eirp: 28.4 }), armOpened))).toBe('fail')
  })

  it('leaves the best side mount marginal, and fails it 4 dB too strong', () => {
    const side: Mount = { x: 0, y: -0.25, down: 35, yaw: 30, eirp: 19.7, across: 30, along: 30 }
    const opened = withZone(
      { needed: { leftMm: 700, rightMm: 2_200, nearMm: 1_250, farMm: 3_250 } },
      { trigger: { xMm: 1_450, yMm: 2_250 } },
    )
    const found = facts(wholeField(fieldOf(side), opened))
    expect(found.verdict).toBe('marginal')
    expect(Math.abs((found.need?.levelDbm ?? 0) + 44.3)).toBeLessThan(0.5)
    expect(found.out?.levelDbm).toBeCloseTo(-45.7, 1)
    expect(verdict(wholeField(fieldOf({ ...side, eirp: 23.7 }), opened))).toBe('fail')
  })

  it('fails one island of -43.4 dBm a metre beyond the box, and says where it is', () => {
    const at = { xMm: 1_500, yMm: 5_500 }
    const island = set(wholeField(boxField(-41, -60)), at, -43.4)
    const once = facts(island)
    expect(once).toMatchObject({ verdict: 'fail', out: { ...at, levelDbm: -43.4 } })
    expect(once.failed).toHaveLength(1)
    const { islands } = fieldView(projectOf(recordsOf(island))) ?? { islands: [] }
    expect(islands).toHaveLength(2)
    expect(islands[1]?.strongest).toEqual({ ...at, levelDbm: -43.4 })
  })

  it('refuses a needed area of a millimetre, and judges nothing by one', () => {
    const opened = withZone({
      needed: { leftMm: 1_600, rightMm: 1_601, nearMm: 2_250, farMm: 2_251 },
    })
    expect(recordRefusal(opened, [])).toMatchObject({ field: '/zone/needed' })
    const weak = wholeField(boxField(-60, -60), opened)
    expect(verdict(weak)).toBe('incomplete')
    expect(facts(weak).words.en).toContain('no car stops in it')
    const narrow = { leftMm: 1_000, rightMm: 2_200, nearMm: 1_650, farMm: 2_850 }
    const said = (neededReason: string | null) =>
      recordRefusal(withZone({ needed: narrow, neededReason }), [])
    expect(said(null)).toMatchObject({ field: '/zone/neededReason' })
    expect(said('small')).toMatchObject({ field: '/zone/neededReason' })
    expect(said('车道窄,只停一辆小车')).toBeNull()
    expect(recordRefusal(withZone({ uncertaintyDb: 0.8 }), [])).toMatchObject({
      field: '/zone/uncertaintyDb',
    })
  })

  it.each([
    ['a step of 5 m', { grid: { ...parkingGrid, stepMm: 5_000 } }, 'step 5000 mm'],
    ['3 m above the ground', { grid: { ...parkingGrid, heightMm: 3_000 } }, 'height 3 m'],
    ['a box of 3.5 m', { grid: { ...parkingGrid, widthMm: 3_500 } }, 'the box exceeds'],
    ['no ring', { grid: { ...parkingGrid, ring: null } }, 'no ring'],
    ['no trigger', { trigger: null }, 'no trigger'],
  ])('is incomplete with %s', (_what, more, words) => {
    const opened: OpenedBody = { ...openedBody, ...more }
    const found = facts(wholeField(boxField(-41, -60, opened), opened))
    expect(found.verdict).toBe('incomplete')
    expect(found.gaps.map(({ en }) => en).join()).toContain(words)
  })
})

const field = (body: SurveyBody): body is FieldBody => body.kind === 'field'
const changed = (is: (body: FieldBody) => boolean, more: Partial<FieldBody>) =>
  whole.map((body) => (field(body) && is(body) ? { ...body, ...more } : body))
const without = (is: (body: FieldBody) => boolean) =>
  whole.filter((body) => !(field(body) && is(body)))
const { zone: _zone, ...undeclared } = openedBody
const setupOf = (powerStep: number): SurveyBody => ({
  kind: 'setup',
  profile: 'example',
  firmware: null,
  settings: { powerStep },
  heightMm: 3_000,
  downDeg: 90,
  yawDeg: 0,
})

describe('a verdict of row 5 rests on all it needs', () => {
  it('is a pass with everything, and a file without a needed area stays incomplete', () => {
    expect(verdict(whole)).toBe('pass')
    const old = facts([undeclared, ...whole.slice(1)])
    expect(old.verdict).toBe('incomplete')
    expect(old.words.en).toContain('no needed area was declared')
    const later: SurveyBody = {
      kind: 'deviation',
      item: 'D5',
      text: 'one millimetre',
      area: { leftMm: 0, rightMm: 1, nearMm: 0, farMm: 1 },
    }
    expect(verdict([undeclared, later, ...whole.slice(1)])).toBe('incomplete')
  })

  it.each<[string, readonly SurveyBody[], string]>([
    ['one point', without((f) => f.yMm === 500 && f.xMm === 750), '1 points left in the box'],
    ['a ring point', without((f) => f.yMm === -250 && f.xMm === 250), 'left on the ring'],
    ['a row beyond', without((f) => f.yMm === 6_500), 'left in the rows beyond'],
    ['the background', without((f) => f.place === 'background'), 'at 0 of 5 places'],
    ['drift before', whole.filter((_, i) => i !== 7), 'before the first point'],
    ['drift after', whole.slice(0, -1), 'after the last'],
    ['the instrument', whole.filter(({ kind }) => kind !== 'instrument'), 'no calibration'],
  ])('without %s it is incomplete', (_what, bodies, words) => {
    const found = facts(bodies)
    expect(found.verdict).toBe('incomplete')
    expect(found.gaps.map(({ en }) => en).join()).toContain(words)
  })

  it.each<[string, readonly SurveyBody[], string]>([
    ['one reading 3 m up', changed((f) => f.xMm === 750, { zMm: 3_000 }), '0.9 to 1.1 m'],
    ['a loud background', changed((f) => f.place === 'background', { levelsDbm: [-50] }), 'find'],
    [
      'a background of one place',
      changed((f) => f.place === 'background', { xMm: 0, yMm: 0 }),
      'at 1',
    ],
    [
      'a background far off',
      changed((f) => f.place === 'background' && f.yMm > 0, { xMm: 0, yMm: 25_000 }),
      'at 1 of 5',
    ],
    ['a drift point far off', changed((f) => f.place === 'drift', { yMm: 7_600 }), 'more than 3 m'],
    ['a lane beside of which nobody speaks', [silent, ...whole.slice(1)], 'nobody says why'],
    [
      'a stroke for words',
      [withZone({ noNeighbours: '无' }), ...whole.slice(1)],
      'nobody says why',
    ],
    ['a lane far away', wholeField(good, withZone({ neighbourAxesMm: [30_000] })), 'not beside'],
    ['a lane in the box', wholeField(good, withZone({ neighbourAxesMm: [1_600] })), 'not beside'],
    ['no gain of the probe', whole.with(1, bare), 'gain of its probe'],
    ['readings of a point apart', also(whole, readAt(inner, -34.9)), '6.2 dB at (1.5, 2.25)'],
    ['a drift of another antenna', whole.with(-1, { ...drift(-41.1), antennaId: 2 }), 'mixed'],
    ['a drift of 2 dB', whole.with(-1, drift(-43.1)), 'moved by 2.0 dB'],
    ['two antennas', changed((f) => f.xMm === 750, { antennaId: 2 }), 'mixed'],
    [
      'a calibration that ended',
      whole.with(1, { ...analyser, calibratedUntil: '2026-03-01' }),
      'a',
    ],
    ['another opening', [...whole, withZone({ rule: 'r0' })], 'second opening'],
    [
      'an island that goes on',
      set(set(wholeField(good), { xMm: 1_500, yMm: 6_500 }, -45), { xMm: 0, yMm: 6_500 }, -45),
      'reaches the last row',
    ],
    ['a power that was changed', also(whole, setupOf(8), setupOf(9)), 'left in the box'],
  ])('with %s it is incomplete', (_what, bodies, words) => {
    const found = facts(bodies)
    expect(found.verdict).toBe('incomplete')
    expect(found.gaps.map(({ en }) => en).join()).toContain(words)
  })

  it('asks of the lane beside what it asks of the rows beyond', () => {
    const opened = withZone({ neighbourAxesMm: [4_800] })
    const loud = (at: PointMm): number => (at.xMm === 4_800 ? -40 : good(at))
    expect(verdict(wholeField(good, opened))).toBe('pass')
    expect(verdict(wholeField(loud, opened))).toBe('fail')
    expect(verdict([opened, ...whole.slice(1)])).toBe('incomplete')
  })

  it('takes power by the gain of its probe, field strength as it is', () => {
    const at = (gainDbi: number, unit: Partial<FieldBody> = {}) => {
      const bodies = [
        { ...analyser, gainDbi },
        { ...readAt(inner, -44.5), ...unit },
      ]
      return levelsAt(projectOf(recordsOf(bodies)), 'lane').get('1500,2250')?.levelDbm
    }
    expect(at(0)).toBe(-44.5)
    expect(at(6)).toBe(-50.5)
    expect(at(6, { unit: 'dBuV/m' })).toBe(-44.5)
    const strength = whole.map((body) =>
      body.kind === 'field' ? { ...body, unit: 'dBuV/m' as const } : body,
    )
    expect(verdict(strength.with(1, bare))).toBe('pass')
  })
})

describe('the guard band', () => {
  it('is 0, 1.64 and 2 standard uncertainties', () => {
    expect(guardDb({ rule: 'r0', uncertaintyDb: 1.6 })).toBe(0)
    expect(guardDb({ rule: 'r1', uncertaintyDb: 1.6 })).toBeCloseTo(2.6, 1)
    expect(guardDb({ rule: 'r2', uncertaintyDb: 1.6 })).toBe(3.2)
    expect(normalShare(1.644_854)).toBeCloseTo(0.95, 5)
    expect(normalShare(-1)).toBeCloseTo(0.158_655, 5)
  })

  it.each([
    ['r0', -45, -45.01, 'pass'],
    ['r0', -45, -45, 'fail'],
    ['r0', -45.01, -50, 'fail'],
    ['r1', -43.5, -50, 'pass'],
    ['r1', -43.6, -50, 'marginal'],
    ['r1', -46.4, -50, 'marginal'],
    ['r1', -46.6, -50, 'fail'],
    ['r1', -41, -46.5, 'pass'],
    ['r1', -41, -46.4, 'marginal'],
    ['r1', -41, -43.4, 'fail'],
  ] as const)('%s with need %d and out %d is %s', (rule, need, out, is) => {
    expect(verdict(wholeField(boxField(need, out), withZone({ rule })))).toBe(is)
  })
})

describe('transactions', () => {
  const tries = (places: readonly PointMm[], good: number): readonly ObuTriesBody[] =>
    ['A1', 'A2', 'A3'].flatMap((obuId) =>
      places.map((at) => ({ kind: 'obuTries', ...at, obuId, zMm: 1_200, tries: 5, good })),
    )
  const [inside, ring] = [insidePlaces(openedBody), ringPlaces(openedBody)]
  const marginal = wholeField(boxField(-44, -46))

  it('decide what is marginal, where three OBUs were tried at every place', () => {
    const all = [...tries(inside, 5), ...tries(ring, 0)]
    expect(verdict(marginal)).toBe('marginal')
    expect(facts([...marginal, ...all])).toMatchObject({ verdict: 'pass' })
    expect(facts([...marginal, ...all]).words.en).toContain('pass by transaction')
    for (const left of [0, all.length - 1])
      expect(verdict([...marginal, ...all.toSpliced(left, 1)])).toBe('marginal')
    const two = all.filter(({ obuId }) => obuId !== 'A3')
    expect(verdict([...marginal, ...two])).toBe('marginal')
  })

  it('never lift a fail, and fail a zone by two of five outside', () => {
    const all = [...tries(inside, 5), ...tries(ring, 0)]
    expect(verdict([...wholeField(boxField(-48, -60)), ...all])).toBe('fail')
    const far = { xMm: 1_600, yMm: 7_000 }
    const outside = (good: number): SurveyBody => ({
      kind: 'obuTries',
      ...far,
      obuId: 'A1',
      zMm: 1_200,
      tries: 5,
      good,
    })
    expect(verdict([...whole, outside(1)])).toBe('pass')
    expect(verdict([...whole, outside(2)])).toBe('fail')
    // Repeated until the failures are rare.
    expect(verdict([...whole, outside(2), outside(0), outside(0), outside(0)])).toBe('fail')
    expect(verdict([...whole, ...tries(inside, 4)])).toBe('marginal')
  })
})

describe('the first record is what a survey is judged by', () => {
  const records = recordsOf(whole)
  it.each<[string, SurveyBody, string]>([
    ['a second opening', openedBody, '/kind'],
    [
      'an area that comes later',
      { kind: 'deviation', item: 'D5', text: 'x', area: openedBody.zone?.needed ?? null },
      '/area',
    ],
    ['a point that is read again', readAt(trigger, -30), '/reason'],
    [
      'a reading taken back without a word',
      { kind: 'withdrawn', recordId: 'r9', reason: ' ' },
      '/reason',
    ],
    ['the opening taken back', { kind: 'withdrawn', recordId: 'r1', reason: 'x' }, '/recordId'],
    [
      'what is not there taken back',
      { kind: 'withdrawn', recordId: 'x', reason: 'x' },
      '/recordId',
    ],
  ])('refuses %s', (_what, body, at) => {
    const of = at === '/reason' && body.kind === 'field' ? { ...body, xMm: 1_500 } : body
    expect(recordRefusal(of, records)?.field).toBe(at)
  })

  it('takes a retake with its reason, and the point anew when the antenna was changed', () => {
    const again = readAt({ xMm: 1_500, yMm: 2_250 }, -41)
    expect(recordRefusal({ ...again, reason: 'confirm' }, records)).toBeNull()
    const other = recordsOf([...whole, setupOf(8), setupOf(9)])
    expect(recordRefusal(again, other)).toBeNull()
  })

  it('stands though a record says that it was taken back', () => {
    const gone: SurveyBody = { kind: 'withdrawn', recordId: 'r1', reason: 'x' }
    expect(projectOf(recordsOf([...whole, gone])).opened).toEqual(
      expect.objectContaining({ zone: openedBody.zone }),
    )
  })
})

describe('the walk', () => {
  it('leads from background and drift over every point back to the drift point', () => {
    const fields: FieldBody[] = []
    const seen: string[] = []
    for (;;) {
      const { next, taken, points } = walkOf(openedBody, fields)
      expect(taken).toBe(fields.length)
      if (next === null) {
        expect(taken).toBe(points)
        break
      }
      seen.push(next.place)
      const level = next.place === 'background' ? -70 : good(next)
      fields.push(readAt(next, level, { place: next.place }))
    }
    expect(seen.slice(0, 6)).toEqual([...background().map(() => 'background'), 'drift'])
    expect(seen.at(-1)).toBe('drift')
    expect(fields).toHaveLength(walked(good).length + 7)
    expect(verdict([openedBody, analyser, ...fields])).toBe('pass')
  })
})
