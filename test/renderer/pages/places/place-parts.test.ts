// The parts of the places page without a window: the picture to scale compared with the runtime's
// decision, amounts in words, reasons against a charge, and ledger rows.
import { describe, expect, it } from 'vitest'
import { contains, isWithinMm } from '#base/pure/place/fence.ts'
import { placeBars } from '#devices/pure/place/place.ts'
import { chargesOf } from '#renderer/pages/places/charges.ts'
import { metresToFence, pictureSize, sceneOf } from '#renderer/pages/places/fence-picture.ts'
import { inCapitals, inYuanAndFen } from '#renderer/pages/places/spelled.ts'
import { isGood, refusalOf, verdictOf } from '#renderer/pages/places/verdict.ts'
import { center, chargeRows, handheld, pile } from './place-views-kit.ts'

const around = [-900, -540, -300, -60, -20, 0, 15, 45, 90, 260, 539, 541, 900]
const walks = around.flatMap((lat) => around.map((lon) => [lat, lon] as const))
const at = (lat: number, lon: number) => ({
  latMicrodeg: center.latMicrodeg + lat,
  lonMicrodeg: center.lonMicrodeg + lon,
})
const pointsOf = (text: string): (readonly [number, number])[] =>
  text.split(' ').map((pair) => {
    const [x = 0, y = 0] = pair.split(',').map(Number)
    return [x, y]
  })
/** Point in polygon by counting crossings to the right, with the picture's numbers. */
function isDrawnInside(corners: readonly (readonly [number, number])[], x: number, y: number) {
  let inside = false
  for (const [i, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners[(i + 1) % corners.length] ?? [ax, ay]
    if (ay > y === by > y) continue
    if (x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

describe('the picture', () => {
  it('has the device inside the circle exactly where the runtime has it inside', () => {
    for (const [lat, lon] of walks) {
      const position = { ...at(lat, lon), accuracyMm: 2_000 }
      const scene = sceneOf(handheld({ position }))
      const { x = 0, y = 0 } = scene?.device ?? {}
      const fromMiddle = Math.hypot(x - pictureSize.width / 2, y - pictureSize.height / 2)
      const inside = contains({ shape: 'circle', center, radiusM: 60 }, position)
      expect(fromMiddle <= (scene?.circle?.r ?? 0), `${lat} ${lon}`).toBe(inside)
    }
  })
  it('has it inside the polygon exactly where the runtime has it inside', () => {
    const { fence } = pile()
    if (fence?.shape !== 'polygon') throw new Error('the pile has a polygon')
    let insides = 0
    for (const [lat, lon] of walks) {
      const position = { ...at(lat, lon), accuracyMm: 2_000 }
      const scene = sceneOf(pile({ position }))
      const { x = 0, y = 0, beyond = null } = scene?.device ?? {}
      const drawn = beyond === null && isDrawnInside(pointsOf(scene?.points ?? ''), x, y)
      expect(drawn, `${lat} ${lon}`).toBe(contains(fence, position))
      insides += drawn ? 1 : 0
    }
    expect(insides).toBeGreaterThan(5)
  })
  it('has north above and east on the right', () => {
    const drawn = (lat: number, lon: number) =>
      sceneOf(handheld({ position: { ...at(lat, lon), accuracyMm: 1_000 } }))?.device
    const [midX, midY] = [pictureSize.width / 2, pictureSize.height / 2]
    expect(drawn(200, 0)?.y).toBeLessThan(midY)
    expect(drawn(-200, 0)?.y).toBeGreaterThan(midY)
    expect(drawn(0, 200)?.x).toBeGreaterThan(midX)
    expect(drawn(0, -200)?.x).toBeLessThan(midX)
  })
  it('keeps all of it within its frame, and says how far off what is beyond it is', () => {
    for (const [lat, lon] of [...walks, [9_000, 0], [-40_000, 40_000]] as const) {
      const scene = sceneOf(handheld({ position: { ...at(lat, lon), accuracyMm: 1_000 } }))
      const { x = -1, y = -1 } = scene?.device ?? {}
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x).toBeLessThanOrEqual(pictureSize.width)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThanOrEqual(pictureSize.height)
    }
    const far = sceneOf(handheld({ position: { ...at(9_000, 0), accuracyMm: 1_000 } }))
    expect(far?.device?.beyond).toEqual({ metres: 1_001, turnDeg: -90 })
  })
  it.each([
    [60, 500],
    [5, 30],
    [5_000, 60_000],
  ])('has a scale of whole metres for a circle of %i m', (radiusM, away) => {
    const place = handheld({
      fence: { shape: 'circle', center, radiusM },
      position: { ...at(0, 0), accuracyMm: away },
    })
    const scene = sceneOf(place)
    const pxPerM = (scene?.circle?.r ?? 0) / radiusM
    expect(scene?.scale.px).toBeCloseTo((scene?.scale.metres ?? 0) * pxPerM)
    expect(scene?.device?.errorR).toBeCloseTo((away / 1_000) * pxPerM)
  })
  it('says as many metres to the line as the runtime measures', () => {
    for (const [lat, lon] of walks) {
      const position = { ...at(lat, lon), accuracyMm: null }
      const metres = metresToFence(handheld({ position })) ?? -1
      const reachMm = (60 + metres) * 1_000
      const inside = contains({ shape: 'circle', center, radiusM: 60 }, position)
      if (inside) continue
      expect(isWithinMm(center, position, reachMm + 600), `${lat} ${lon}`).toBe(true)
      expect(isWithinMm(center, position, reachMm - 600), `${lat} ${lon}`).toBe(false)
    }
    expect(metresToFence(pile({ position: { ...at(-200, 0), accuracyMm: 1 } }))).toBe(15)
  })
  it('is drawn across the line of dates, and not at all where nothing is known', () => {
    const west = { latMicrodeg: 0, lonMicrodeg: 179_999_900 }
    const fence = { shape: 'circle', center: west, radiusM: 60 } as const
    const position = { latMicrodeg: 0, lonMicrodeg: -179_999_900, accuracyMm: 1_000 }
    expect(metresToFence(handheld({ fence, position }))).toBe(38)
    expect(sceneOf(pile({ fence: null, position: null }))).toBeNull()
    expect(sceneOf(handheld({ position: null }))?.device).toBeNull()
  })
})

it.each([
  [0, '零元整', '0 yuan 0 fen'],
  [1, '壹分', '0 yuan 1 fen'],
  [10, '壹角整', '0 yuan 10 fen'],
  [1_200, '壹拾贰元整', '12 yuan 0 fen'],
  [1_205, '壹拾贰元零伍分', '12 yuan 5 fen'],
  [1_250, '壹拾贰元伍角整', '12 yuan 50 fen'],
  [10_034, '壹佰元叁角肆分', '100 yuan 34 fen'],
  [100_600, '壹仟零陆元整', '1006 yuan 0 fen'],
  [1_000_100, '壹万零壹元整', '10001 yuan 0 fen'],
  [12_034_500, '壹拾贰万零叁佰肆拾伍元整', '120345 yuan 0 fen'],
  [100_000_000, '壹佰万元整', '1000000 yuan 0 fen'],
])('%i fen are %s', (fen, capitals, plain) => {
  expect([inCapitals(fen), inYuanAndFen(fen)]).toEqual([capitals, plain])
})

describe('a charge is let through', () => {
  it.each(placeBars)('never where the runtime says %s', (bar) => {
    const verdict = verdictOf(handheld({ bar }), 0, false)
    expect([verdict, isGood(verdict)]).toEqual([bar, false])
    expect(refusalOf(handheld({ bar }), verdict)?.code).toMatch(/^PLACE-0[1-5]$/)
  })
  it('never when nothing was read, or the report has grown too old since', () => {
    expect(isGood(verdictOf(handheld(), 0, true))).toBe(false)
    expect(verdictOf(handheld({ ageMs: 9_500 }), 500, false)).toBe('inside')
    expect(verdictOf(handheld({ ageMs: 9_500 }), 501, false)).toBe('stale')
    expect(verdictOf(handheld({ ageMs: null }), 0, false)).toBe('noPosition')
    expect(verdictOf(pile(), 2_900, false)).toBe('inside')
  })
})

it('a row that is no deduction is left out', () => {
  const odd = [{}, { ...chargeRows[0], amountFen: '700' }, { ...chargeRows[0], state: 'paidTwice' }]
  expect(chargesOf([...chargeRows, ...odd])).toHaveLength(chargeRows.length)
})
