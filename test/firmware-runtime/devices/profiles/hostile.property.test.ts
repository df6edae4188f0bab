// Any file gives findings or a working profile, and never throws. A seeded mutator replaces, removes and moves values of
// shipped profiles, and then changes their bytes.
import { whyIn } from '#base/pure/faults/faults.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayTurn } from '#devices/profiles/example-boards.ts'
import { decodeData } from '#devices/pure/display/olm/codec.ts'
import { displayTables } from '#devices/pure/display/olm/frames/index.ts'
import { frame } from '#devices/pure/display/olm/framing.ts'
import { library, put, readAgain, shipped } from './shipped.ts'

/** Byte changes are covered by the fuzz stage too; here a tenth of the runs of `npm run test:full` suffices. */
const share = process.env['ETC_LANE_SCALE'] === 'full' ? 1 : 0.1
const ids = [...library.profiles.keys()]
/** The profiles with the most members, in which a mutation finds most. */
const rich = [
  'rsu/generic/regional-firmware',
  'rsu/generic/generic-ver',
  'barrier/generic/relay-rtu',
  'display/generic/line-voice-board',
  'roadside-camera/vzicom/tcp-8131',
]

function pointersOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inside = Object.entries(value).flatMap(([name, one]) => pointersOf(one, `${at}/${name}`))
  return at === '' ? inside : [at, ...inside]
}

const pointers = new Map(ids.map((id) => [id, pointersOf(shipped(id).profile)]))

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, -1, 0, 300, 1e15, 0.5, '', 'zz', 'FF', [], {}, true, [1], [[]]),
  fc.constantFrom<unknown>('constructor', 'toString', '__proto__', '../x', 'repeat', 'fill', '+'),
  fc.constantFrom<unknown>(undefined, 'file', 'enum', 'f0015', '4C', [{}], ['FF', 'FF']),
)

const place = fc
  .oneof(fc.constantFrom(...rich), fc.constantFrom(...ids))
  .chain((id) =>
    fc.record({ id: fc.constant(id), at: fc.constantFrom(...(pointers.get(id) ?? [])) }),
  )

/** Findings name their place; a profile without findings is used as it is. */
function outcome(value: unknown): 'refused' | 'taken' {
  const { checked, findings } = readAgain(value)
  for (const { code, note, pointer } of findings) {
    expect(code).toMatch(/^(PROFILE|FILE)-\d\d$/)
    expect([typeof whyIn(note, 'zh'), typeof pointer]).toEqual(['string', 'string'])
  }
  expect(checked === null).toBe(findings.length > 0)
  return checked === null ? 'refused' : 'taken'
}

describe('a damaged profile', () => {
  it('with two values replaced is refused or taken, never a throw', () => {
    const seen = { refused: 0, taken: 0 }
    fc.assert(
      fc.property(place, junk, junk, fc.nat(), (where, one, other, n) => {
        const profile = structuredClone(shipped(where.id).profile) as unknown
        const all = pointers.get(where.id) ?? []
        const second = all[n % all.length] ?? where.at
        for (const [pointer, value] of [
          [where.at, one],
          [second, other],
        ] as const) {
          try {
            put(profile as Record<string, unknown>, pointer, structuredClone(value))
          } catch (error) {
            // The first change removed an object that the second one leads through.
            if (!(error instanceof TypeError)) throw error
          }
        }
        seen[outcome(profile)]++
      }),
      { seed: 20_261_120, numRuns: 2_000 * share },
    )
    expect(seen.refused).toBeGreaterThan(1_000 * share)
  })
  it('with a value of another place in it is refused or taken, never a throw', () => {
    fc.assert(
      fc.property(place, place, (to, from) => {
        const profile = structuredClone(shipped(to.id).profile) as unknown
        const moved = from.at
          .split('/')
          .slice(1)
          .reduce<unknown>((v, name) => Reflect.get(v as object, name), shipped(from.id).profile)
        outcome(put(profile as Record<string, unknown>, to.at, structuredClone(moved)))
      }),
      { seed: 20_261_121, numRuns: 1_000 * share },
    )
  })
  it('with bytes changed in its text is refused or taken, never a throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rich), fc.nat(), fc.nat({ max: 255 }), (id, n, byte) => {
        const bytes = new TextEncoder().encode(JSON.stringify(shipped(id).profile))
        bytes[n % bytes.length] = byte
        outcome(new TextDecoder().decode(bytes))
      }),
      { seed: 20_261_122, numRuns: 1_000 * share },
    )
  })
})

/** Whole frames of display boards, with any data that their tables can read. */
const boardFrame = fc.record({
  table: fc.constantFrom(...displayTables),
  data: fc.uint8Array({ maxLength: 255 }),
})

describe('an example that says exactly what its bytes say', () => {
  it('of a board is written again or told of, never a throw', () => {
    let read = 0
    fc.assert(
      fc.property(boardFrame, ({ table: { command, from }, data }) => {
        const said = decodeData(command, data, from)
        if (!said.ok) return
        read++
        const { name, value } = said
        const fields = structuredClone(value) as Record<string, never>
        const want = { as: 'olm', address: 0, name, fields } as const
        const { decoded, again } = displayTurn(frame(0, command, data), want, from)
        expect([decoded, again === null]).toEqual([null, false])
      }),
      { seed: 20_261_123, numRuns: 3_000 },
    )
    expect(read).toBeGreaterThan(500)
  })
})
