// Readings from a file: what is accepted, and every reason to refuse a file, named by line, column and value.
// Units are converted only where the caller says so.
import { whyIn } from '#base/pure/faults/faults.ts'
import { describe, expect, it } from 'vitest'
import { readFieldCsv, type CsvPlan } from '#devices/pure/field/field-csv.ts'
import { fieldBodies, unitOf } from '#survey/pure/field/field-bodies.ts'

const plan: CsvPlan = {
  columns: { x: 'x', y: 'y', z: null, levels: ['level'], time: null },
  placeUnit: 'mm',
  level: 'dBm',
  heightMm: 1_000,
}
const one = { line: 2, xMm: 0, yMm: 250, zMm: 1_000, levelsDbm: [-44.5], atMs: null }

describe('takes', () => {
  const rows: readonly (readonly [string, string, Partial<CsvPlan>, object])[] = [
    ['commas', 'x,y,level\n0,250,-44.5\n', {}, one],
    ['semicolons, CRLF and a mark of order', '\uFEFFx;y;level\r\n0;250;-44.5\r\n\r\n', {}, one],
    ['tabs, another order, columns beside', 'n\tlevel\ty\tx\na\t-44.5\t250\t0', {}, one],
    [
      'quotes with a line end among them',
      '"x",y,level,"a ""b""\nc"\n0,250,"-44.5",z',
      {},
      { ...one, line: 3 },
    ],
    ['an empty last column', 'x,y,level,note\n0,250,-44.5,\n', {}, one],
    ['metres', 'x,y,level\n0.000,0.25,-44.5', { placeUnit: 'm' }, one],
    [
      'heights, times and several levels',
      'x,y,h,a,b,t\n0,250,1200,-44.5,-45,2026-03-01T09:30:00+08:00',
      { columns: { x: 'x', y: 'y', z: 'h', levels: ['a', 'b'], time: 't' } },
      { ...one, zMm: 1_200, levelsDbm: [-44.5, -45], atMs: Date.UTC(2026, 2, 1, 1, 30) },
    ],
    [
      'field strength, into 0 dBi, whatever the probe',
      'x,y,E dBuV/m\n0,250,108',
      { columns: { ...plan.columns, levels: ['E dBuV/m'] }, level: 'dBuV/m' },
      { ...one, levelsDbm: [-44.5] },
    ],
  ]
  it.each(rows)('%s', (_, text, change, reading) => {
    expect(readFieldCsv(text, { ...plan, ...change })).toEqual({ ok: true, readings: [reading] })
  })
  it('microvolts over 50 ohms, which are of the probe', () => {
    const columns = { ...plan.columns, levels: ['U dBuV'] }
    const read = readFieldCsv('x,y,U dBuV\n0,250,62.5', { ...plan, columns, level: 'dBuV' })
    expect(read).toEqual({ ok: true, readings: [one] })
    expect(unitOf('dBuV')).toEqual({})
    expect(unitOf('dBuV/m')).toEqual({ unit: 'dBuV/m' })
  })
  it('every row, as a survey keeps it', () => {
    const read = readFieldCsv('x,y,level\n0,0,-44\n250,0,-46\n0,0,-45', plan)
    const of = { instrumentId: 'a', antennaId: null, place: 'lane' } as const
    const bodies = read.ok ? fieldBodies(read.readings, of) : []
    expect(bodies).toHaveLength(3)
    expect(bodies[1]).toEqual({
      kind: 'field',
      xMm: 250,
      yMm: 0,
      zMm: 1_000,
      levelsDbm: [-46],
      ...of,
    })
  })
})

describe('takes nothing where', () => {
  const rows: readonly (readonly [string, string, object])[] = [
    [
      'a level is beyond physics',
      '0,0,-44\n0,250,20.1',
      { line: 3, column: 'level', value: '20.1' },
    ],
    ['a level is below all noise', '0,0,-140.1', { line: 2, column: 'level', value: '-140.1' }],
    ['a level is a field strength', '0,0,108', { line: 2, value: '108', note: /dBuV\/m\?/ }],
    ['a level is a word', '0,0,OVL', { line: 2, column: 'level', value: 'OVL' }],
    ['a level is missing', '0,0,', { line: 2, column: 'level', value: '' }],
    ['a level is no number', '0,0,NaN', { column: 'level' }],
    ['a place is far away', '100001,0,-44', { column: 'x', value: '100001' }],
    ['a place is a word', '0,left,-44', { column: 'y', value: 'left' }],
    ['a row is short', '0,0,-44\n0,-44', { line: 3, column: '', note: /2 fields below 3/ }],
    ['a row is long', '0,0,-44,5', { line: 2, note: /4 fields below 3/ }],
    ['a decimal comma stands', '0,0,"-44,5"', { column: 'level', value: '-44,5' }],
  ]
  it.each(rows)('%s', (_, body, fault) => {
    const read = readFieldCsv(`x,y,level\n${body}`, plan)
    const { note, ...named } = fault as { note?: RegExp }
    expect(read).toMatchObject({ ok: false, fault: { code: 'METER-08', ...named } })
    if (note !== undefined && !read.ok) expect(whyIn(read.fault.note)).toMatch(note)
  })
  it.each([
    ['E (dBµV/m)', 'dBm'],
    ['E dBuV', 'dBm'],
    ['P dBm', 'dBuV/m'],
  ] as const)('the column %s is said to be in %j', (name, level) => {
    const columns = { ...plan.columns, levels: [name] }
    const read = readFieldCsv(`x,y,${name}\n0,0,-44`, { ...plan, columns, level })
    expect(read).toMatchObject({ ok: false, fault: { code: 'METER-08', line: 1, column: name } })
  })
  it('a time is none', () => {
    const columns = { ...plan.columns, time: 't' }
    const read = readFieldCsv('x,y,level,t\n0,0,-44,yesterday', { ...plan, columns })
    expect(read).toMatchObject({ fault: { column: 't', value: 'yesterday' } })
  })
  const foreign: readonly (readonly [string, string])[] = [
    ['it is empty', ''],
    ['it has a header alone', 'x,y,level\n'],
    ['it is a picture', '\u0089PNG\r\n\u001a\n\u0000'],
    ['it is another table', 'time,lat,lon\n1,2,3'],
    ['a name stands twice', 'x,y,level,level\n0,0,-44,-44'],
    ['a quote is never closed', 'x,y,level\n0,0,"-44'],
    ['letters stand behind a quote', 'x,y,level\n0,0,"-44"5'],
    ['it is in an encoding of its own', 'x,y,level\n0,0,\uFFFD'],
    ['it has more rows than any survey', `x,y,level\n${'0,0,-44\n'.repeat(100_001)}`],
    ['it is larger than any', 'x'.repeat(8_000_001)],
  ]
  it.each(foreign)('%s', (_, text) => {
    expect(readFieldCsv(text, plan)).toMatchObject({ ok: false, fault: { code: 'METER-09' } })
  })
})
