// Tables A.1 to A.3 as data: as many rows as printed, and each rule judged from both sides.
// A sign that reads the wrong way round is judged as printed and carries its note.
import { describe, expect, it } from 'vitest'
import { annexA, type StandardRow } from '#devices/pure/profile/annex-a.ts'
import { judgeRow, type RowValue } from '#devices/pure/profile/judge-row.ts'
import { deviceKinds, isDeviceKind } from '#devices/pure/profile/kinds.ts'
import { present } from '#base/pure/values/must.ts'

/** Counted in the printed tables; the half-power width is two rows. */
const printedRows: Readonly<Record<string, number>> = {
  rsu: 16,
  radar: 7,
  'roadside-camera': 4,
  'high-camera': 4,
  geomagnetic: 3,
  'etc-pile': 16,
  handheld: 12,
  'time-server': 2,
  'patrol-car': 4,
  'safety-island': 3,
  loop: 4,
}

it.each(deviceKinds)('%s has its rows, each once', (kind) => {
  const rows = annexA[kind]
  expect(rows).toHaveLength(printedRows[kind] ?? 0)
  expect(new Set(rows.map(({ row }) => row)).size).toBe(rows.length)
  expect(isDeviceKind(kind)).toBe(true)
})
it('a kind is none of its old names', () => {
  expect(['camera', 'gate', ''].map(isDeviceKind)).toEqual([false, false, false])
})

const rowOf = (kind: keyof typeof annexA, row: string): StandardRow =>
  present(
    annexA[kind].find((r) => r.row === row),
    row,
  )

type Judged = readonly [keyof typeof annexA, string, RowValue, string | null, string]
const judged: readonly Judged[] = [
  // A.2. Printed ≥ for two accuracies: the better radar fails, as printed.
  ['radar', 'range-accuracy', 0.28, 'm', 'pass'],
  ['radar', 'range-accuracy', 0.1, 'm', 'fail'],
  ['radar', 'angle-accuracy', 1, 'deg', 'pass'],
  ['radar', 'angle-accuracy', 0.5, 'deg', 'fail'],
  ['radar', 'range', 50, 'm', 'pass'],
  ['radar', 'range', 80, 'm', 'fail'],
  ['radar', 'range-resolution', 0.56, 'm', 'pass'],
  ['radar', 'range-resolution', 0.57, 'm', 'fail'],
  ['radar', 'targets', 4, 'targets', 'pass'],
  ['radar', 'targets', 3, 'targets', 'fail'],
  ['radar', 'frequency', 24, 'GHz', 'pass'],
  ['radar', 'frequency', [24, 60], 'GHz', 'pass'],
  ['radar', 'frequency', { min: 92, max: 94 }, 'GHz', 'pass'],
  ['radar', 'frequency', 79, 'GHz', 'fail'],
  ['radar', 'frequency', { min: 91, max: 94 }, 'GHz', 'fail'],
  ['radar', 'frequency', ['K'], 'GHz', 'notStated'],
  ['radar', 'frequency', 24, 'MHz', 'notStated'],
  ['radar', 'interfaces', ['CAN'], null, 'pass'],
  ['radar', 'interfaces', [], null, 'notStated'],
  // A.3.
  ['roadside-camera', 'sensor', 1_300_000, 'pixels', 'pass'],
  ['roadside-camera', 'sensor', 1_299_999, 'pixels', 'fail'],
  ['patrol-car', 'sensor', 1_300_000, 'pixels', 'fail'],
  ['roadside-camera', 'resolution', 720, 'lines', 'fail'],
  ['roadside-camera', 'resolution', 721, 'lines', 'pass'],
  ['high-camera', 'resolution', 1080, 'lines', 'fail'],
  ['high-camera', 'sensor', 2_073_600, 'pixels', 'pass'],
  ['high-camera', 'recognition', 98, '%', 'pass'],
  ['roadside-camera', 'recognition', 98.9, '%', 'fail'],
  ['roadside-camera', 'compression', ['H.264'], null, 'pass'],
  ['roadside-camera', 'compression', 'MPEG-2', null, 'fail'],
  ['geomagnetic', 'network', ['LoRaWAN'], null, 'pass'],
  ['geomagnetic', 'mounting', ['glued'], null, 'fail'],
  ['safety-island', 'width', 1, 'm', 'pass'],
  ['safety-island', 'width', 0.5, 'm', 'fail'],
  ['safety-island', 'width', { min: 0.6, max: 1.5 }, 'm', 'pass'],
  ['safety-island', 'height', 15, 'cm', 'pass'],
  ['safety-island', 'height', 0.15, 'm', 'notStated'],
  ['loop', 'temperature', { min: -30, max: 70 }, '°C', 'pass'],
  ['loop', 'temperature', { min: -20, max: 60 }, '°C', 'fail'],
  ['loop', 'temperature', true, '°C', 'notStated'],
  ['loop', 'frequency', { min: 20, max: 145 }, 'kHz', 'pass'],
  ['loop', 'response', 100, 'ms', 'fail'],
  ['loop', 'response', 99, 'ms', 'pass'],
  ['time-server', 'sync-interval', 30, 'min', 'pass'],
  ['time-server', 'sync-interval', 31, 'min', 'fail'],
  ['time-server', 'beidou-server', false, null, 'fail'],
  ['handheld', 'wired-interfaces', ['USB2.0', 'Micro-SIM', 'TF'], null, 'pass'],
  ['handheld', 'wired-interfaces', ['USB2.0', 'TF'], null, 'fail'],
  // A.1: limits of GB/T 20851.1 are not public text, so a figure is not judged.
  ['rsu', 'eirp', 33, 'dBm', 'notStated'],
  ['rsu', 'eirp', true, null, 'pass'],
  ['rsu', 'eirp', false, null, 'fail'],
  ['rsu', 'psam-slot', true, null, 'pass'],
  ['rsu', 'interfaces', ['RS485'], null, 'pass'],
  ['rsu', 'interfaces', ['USB'], null, 'fail'],
]

describe('judges', () => {
  it.each(judged)('%s %s %j %s: %s', (kind, row, value, unit, verdict) => {
    expect(judgeRow(rowOf(kind, row), value, unit)).toBe(verdict)
  })
  it('nothing of a row that is not stated', () => {
    for (const kind of deviceKinds)
      for (const row of annexA[kind]) expect(judgeRow(row, null, null)).toBe('notStated')
  })
})

it('rows whose sign reads the wrong way round say so in both languages', () => {
  for (const [kind, row] of [
    ['radar', 'range-accuracy'],
    ['radar', 'angle-accuracy'],
    ['radar', 'range'],
    ['high-camera', 'resolution'],
  ] as const) {
    const { odd, printed } = rowOf(kind, row)
    expect(printed).toMatch(/[≥≤>]/)
    expect(odd?.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(odd?.en).toMatch(/[a-z]/)
  }
})
