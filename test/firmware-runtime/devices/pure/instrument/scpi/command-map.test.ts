// The SCPI commands of a profile: which members a driver needs, and which are refused by name.
// Each shipped profile sets up its instrument with its own commands.
import { describe, expect, it } from 'vitest'
import { downlinkMeter } from '#devices/pure/instrument/meter.ts'
import { scpiMapOf, type ProfileData } from '#devices/pure/instrument/scpi/command-map.ts'
import { shipped } from '../../../profiles/shipped.ts'
import { scpiMap, variants } from '../meter-bench.ts'

const good = shipped('instrument/generic/scpi').profile.protocol.data ?? {}

it.each(variants.filter((variant) => variant.startsWith('scpi')))('%s is told all', (variant) => {
  const map = scpiMap(variant)
  const said = JSON.stringify(map)
  expect(said).not.toMatch(/[{]\w+[}]/)
  expect(said).toMatch(/5835(000000| ?MHz|000000)/i)
  expect(map.check.map(({ want }) => want)).toContain('5835000000')
  expect(map.hold.findIndex((text) => /MAXH/.test(text))).toBe(map.hold.length - 1)
})

describe('refuses', () => {
  const rows: readonly (readonly [string, ProfileData])[] = [
    ['identify', { ...good, identify: '' }],
    ['clear', { ...good, clear: [] }],
    ['start', { ...good, start: ['FREQ {nowhere}'] }],
    ['start', { ...good, start: ['FREQ 1\nFREQ 2'] }],
    ['start', { ...good, start: [7] }],
    ['check', { ...good, check: ['FREQ?'] }],
    ['check', { ...good, check: ['FREQ => 1'] }],
    ['ceilingsMhz', { ...good, ceilingsMhz: ['FSH4'] }],
    ['traceForm', { ...good, traceForm: 'real64' }],
    ['peak', { ...good, trace: [], peak: [] }],
    ['peak', { ...good, peak: ['CALC:MARK1:Y?', 'CALC:MARK1:MAX'] }],
    ['overloadBit', { ...good, overloadBit: 16 }],
  ]
  it.each(rows)('%s', (member, data) => {
    expect(scpiMapOf(data, downlinkMeter)).toMatchObject({ ok: false, member })
  })
})
