// The line of `chronyc -c tracking`: its signs, its limits, and lines that prove nothing.
// The columns are from chronyc(1); the figures are invented.
import { expect, it } from 'vitest'
import { readTracking } from '#devices/pure/time/chrony/tracking.ts'

const line = (over: Readonly<Record<number, string>> = {}): string =>
  [
    ...['C0000201', '192.0.2.1', '2', '1795138215.250000000', '0.012500000', '-0.000020000'],
    ...['0.000030000', '1.789', '0.001', '0.016', '0.004000000', '0.000500000', '64.2', 'Normal'],
  ]
    .map((field, i) => over[i] ?? field)
    .join(',')

it('a clock that is slow of its server has a negative offset', () => {
  expect(readTracking(`${line()}\n`)).toEqual({
    kind: 'tracking',
    tracking: {
      server: '192.0.2.1',
      stratum: 2,
      receivedMs: 1_795_138_215_250,
      offsetMs: -12.5,
      errorMs: 3,
    },
  })
  expect(readTracking(line({ 4: '-0.250000000' }))).toMatchObject({ tracking: { offsetMs: 250 } })
})
it.each<[string, string, string]>([
  ['no line', '', 'notTracking'],
  ['what it says when nobody runs', '506 Cannot talk to daemon', 'notTracking'],
  ['a line that is cut', line().slice(0, 60), 'notTracking'],
  ['a figure in words', line({ 4: 'fast' }), 'notTracking'],
  ['its own clock', line({ 0: '7F7F0101' }), 'localClock'],
  ['not synchronised', line({ 13: 'Not synchronised' }), 'unsynchronised'],
  ['no source', line({ 0: '00000000' }), 'unsynchronised'],
])('%s', (_name, text, why) => {
  expect(readTracking(text)).toEqual({ kind: 'refused', why })
})
