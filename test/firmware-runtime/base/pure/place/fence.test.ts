// Fences: inside, outside, on the line; and shapes that are impossible on earth.
// Random fences and points are judged by a second implementation (fence-oracle.ts).
import { describe, expect, it } from 'vitest'
import {
  contains,
  fenceFault,
  isWithinMm,
  pointFault,
  type Fence,
  type GeoPoint,
} from '#base/pure/place/fence.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { metresApart, oracle } from './fence-oracle.ts'

const at = (latMicrodeg: number, lonMicrodeg: number): GeoPoint => ({ latMicrodeg, lonMicrodeg })
const polygon = (...pairs: readonly (readonly [number, number])[]): Fence => ({
  shape: 'polygon',
  points: pairs.map(([lat, lon]) => at(lat, lon)),
})
const base = [22_817_000, 108_366_000] as const
const square = polygon(
  [base[0], base[1]],
  [base[0], base[1] + 200],
  [base[0] + 200, base[1] + 200],
  [base[0] + 200, base[1]],
)

describe('a polygon', () => {
  it.each([
    ['a corner', 0, 0, true],
    ['the opposite corner', 200, 200, true],
    ['the south edge', 0, 77, true],
    ['the east edge', 77, 200, true],
    ['a microdegree inside', 1, 1, true],
    ['a microdegree south', -1, 77, false],
    ['a microdegree east', 77, 201, false],
    ['a microdegree north', 201, 77, false],
    ['a microdegree west', 77, -1, false],
    ['on the line of an edge, beyond it', 0, 201, false],
  ])('%s', (_name, north, east, inside) => {
    expect(contains(square, at(base[0] + north, base[1] + east))).toBe(inside)
  })
  it('has a notch that is outside, and a ray through a corner counts it once', () => {
    const notched = polygon([0, 0], [0, 100], [100, 100], [50, 50], [100, 0])
    expect(contains(notched, at(75, 50))).toBe(false)
    expect(contains(notched, at(50, 10))).toBe(true)
    expect(contains(notched, at(50, 50))).toBe(true)
  })
})

describe('a circle', () => {
  const circle: Fence = { shape: 'circle', center: at(...base), radiusM: 100 }
  it('ends at its radius, to the north and to the east alike', () => {
    // 100 m are 899.3 microdegrees of latitude, and 975.7 of longitude at this latitude.
    expect(contains(circle, at(base[0] + 899, base[1]))).toBe(true)
    expect(contains(circle, at(base[0] + 900, base[1]))).toBe(false)
    expect(contains(circle, at(base[0], base[1] - 975))).toBe(true)
    expect(contains(circle, at(base[0], base[1] - 977))).toBe(false)
  })
  it('goes on beyond the line where longitudes turn over', () => {
    const pacific: Fence = { shape: 'circle', center: at(0, 179_999_900), radiusM: 100 }
    expect(contains(pacific, at(0, -179_999_500))).toBe(true)
    expect(contains(pacific, at(0, -179_000_000))).toBe(false)
  })
  it('knows nothing of the other side of the earth', () => {
    expect(contains(circle, at(-base[0], base[1] - 180_000_000))).toBe(false)
    expect(contains(circle, at(base[0], base[1] - 360_000))).toBe(false)
  })
})

/** A star around a centre: it never crosses itself. */
function star(random: () => number, corners: number): Fence {
  const middle = [Math.floor(random() * 60_000_000), Math.floor(random() * 170_000_000)] as const
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = ((i + random() * 0.8) / corners) * 2 * Math.PI
    const far = 20 + random() * 2_000
    return at(
      middle[0] + Math.round(far * Math.sin(angle)),
      middle[1] + Math.round(far * Math.cos(angle)),
    )
  })
  return { shape: 'polygon', points }
}

describe('against a second implementation', () => {
  it('agrees on every point of random polygons, corners and edges too', () => {
    const random = seededRandom(65)
    let [inside, outside, compared] = [0, 0, 0]
    for (let n = 0; n < 400; n++) {
      const fence = star(random, 3 + Math.floor(random() * 10))
      if (fence.shape !== 'polygon' || fenceFault(fence) !== null) continue
      compared++
      const [first = at(0, 0)] = fence.points
      const near = Array.from({ length: 40 }, () =>
        at(
          first.latMicrodeg + Math.floor(random() * 4_000) - 2_000,
          first.lonMicrodeg + Math.floor(random() * 4_000) - 2_000,
        ),
      )
      const middles = fence.points.map((a, i) => {
        const b = fence.points[(i + 1) % fence.points.length] ?? a
        return at(
          Math.floor((a.latMicrodeg + b.latMicrodeg) / 2),
          Math.floor((a.lonMicrodeg + b.lonMicrodeg) / 2),
        )
      })
      for (const point of [...near, ...middles, ...fence.points]) {
        const expected = oracle(fence, point)
        if (expected === true) inside++
        else outside++
        expect({ n, point, is: contains(fence, point) }).toEqual({ n, point, is: expected })
      }
    }
    expect(compared).toBeGreaterThan(300)
    expect(Math.min(inside, outside)).toBeGreaterThan(2_000)
  })
  it('agrees on circles from the equator to 70 degrees, and on distances', () => {
    const random = seededRandom(66)
    let compared = 0
    for (let n = 0; n < 5_000; n++) {
      const center = at(
        Math.floor(random() * 140_000_000) - 70_000_000,
        Math.floor(random() * 358_000_000) - 179_000_000,
      )
      const radiusM = 1 + Math.floor(random() * 500)
      const reach = radiusM * 20
      const point = at(
        center.latMicrodeg + Math.floor((random() - 0.5) * reach),
        center.lonMicrodeg + Math.floor((random() - 0.5) * reach),
      )
      const fence: Fence = { shape: 'circle', center, radiusM }
      const expected = oracle(fence, point)
      if (expected === null) continue
      compared++
      expect({ n, is: contains(fence, point) }).toEqual({ n, is: expected })
      const mm = metresApart(center, point) * 1000
      expect(isWithinMm(center, point, Math.ceil(mm * 1.001) + 50)).toBe(true)
      if (mm > 100) expect(isWithinMm(center, point, Math.floor(mm * 0.999) - 50)).toBe(false)
    }
    expect(compared).toBeGreaterThan(4_500)
  })
})

describe('a fence that cannot be', () => {
  const bow = polygon([1, 1], [100, 100], [1, 100], [100, 1])
  it.each<[string, Fence, string, RegExp]>([
    ['no point', polygon(), '/points', /3 points/],
    ['two points', polygon([1, 1], [2, 2]), '/points', /3 points/],
    ['a point twice', polygon([1, 1], [1, 1], [9, 9]), '/points/0', /same/],
    ['a bow tie', bow, '/points/0', /crosses/],
    ['three in a row', polygon([1, 1], [5, 5], [9, 9]), '/points/0', /touches/],
    ['a spike', polygon([0, 1], [0, 50], [0, 20], [40, 20]), '/points/0', /touches/],
    [
      'a corner on another edge',
      polygon([0, 1], [0, 100], [100, 100], [0, 50], [100, 0]),
      '/points/0',
      /touches/,
    ],
    ['a whole country', polygon([0, 1], [0, 9_000_000], [9_000_000, 1]), '/points', /0\.1 degrees/],
    [
      'latitude above the pole',
      polygon([90_000_001, 1], [1, 1], [1, 9]),
      '/points/0/latMicrodeg',
      /90/,
    ],
    [
      'longitude beyond the turn',
      polygon([1, 1], [1, 180_000_001], [1, 9]),
      '/points/1/lonMicrodeg',
      /180/,
    ],
    [
      'latitude and longitude swapped',
      { shape: 'circle', center: at(108_366_000, 22_817_000), radiusM: 5 },
      '/center/latMicrodeg',
      /swapped/,
    ],
    [
      'a point nobody measured',
      { shape: 'circle', center: at(0, 0), radiusM: 5 },
      '/center',
      /not measured/,
    ],
  ])('%s', (_name, fence, field, note) => {
    expect(fenceFault(fence)).toMatchObject({
      field,
      note: { en: expect.stringMatching(note) as unknown },
    })
  })
  it('takes those that can', () => {
    expect(fenceFault(square)).toBeNull()
    expect(fenceFault(polygon([0, 0], [0, 100], [100, 100], [50, 50], [100, 1]))).toMatchObject({
      field: '/points/0',
      note: { en: 'this point was not measured' },
    })
    expect(fenceFault(polygon([1, 1], [1, 100], [100, 100], [50, 50], [100, 1]))).toBeNull()
    expect(pointFault(at(-90_000_000, 180_000_000), '/x')).toBeNull()
  })
})
