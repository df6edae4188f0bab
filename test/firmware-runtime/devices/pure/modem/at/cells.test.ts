// Figures of a cell as modems report them: the samples of lane-devices.md 7.1, any order, and unknown values.
// A physically impossible figure also becomes unknown.
import { describe, expect, it } from 'vitest'
import { cellOfCesq, cellOfQeng, rssiOfCsq } from '#devices/pure/modem/at/cells.ts'

const lte = (rsrp = '-99', rsrq = '-12', rssi = '-67', sinr = '11', state = 'NOCONN'): string =>
  `+QENG: "servingcell","${state}","LTE","FDD",460,01,5F1EA15,12,1650,3,5,5,DE10,` +
  `${rsrp},${rsrq},${rssi},${sinr},9,230,-`
const sa =
  '+QENG: "servingcell","CONNECT","NR5G-SA","TDD",460,00,8A3F1002C,301,5A10F,504990,41,12,-88,-11,17,1,30'
const nsa = [
  '+QENG: "servingcell","NOCONN"',
  '+QENG: "LTE","FDD",460,01,5F1EA15,12,1650,3,5,5,DE10,-99,-12,-67,11,9,230,-',
  '+QENG: "NR5G-NSA",460,01,301,-92,9,-13,504990,41,12,1',
]

describe('+QENG', () => {
  it('LTE on one line, the sample of lane-devices.md', () => {
    expect(cellOfQeng([lte()], 'db')).toEqual({
      kind: 'cell',
      state: 'NOCONN',
      cell: { technology: 'LTE', rsrpDbm: -99, rsrqDb: -12, sinrDb: 11, rssiDbm: -67 },
    })
  })
  it('SA tells RSRP, RSRQ, SINR', () => {
    expect(cellOfQeng([sa], 'db')).toEqual({
      kind: 'cell',
      state: 'CONNECT',
      cell: { technology: 'NR', rsrpDbm: -88, rsrqDb: -11, sinrDb: 17, rssiDbm: null },
    })
  })
  it('EN-DC tells RSRP, SINR, RSRQ of its carrier; the anchor counts', () => {
    expect(cellOfQeng(nsa, 'db')).toMatchObject({
      state: 'NOCONN',
      cell: { technology: 'EN-DC', rsrpDbm: -99, sinrDb: 11 },
    })
    const carrier = cellOfQeng([nsa[0] ?? '', nsa[2] ?? ''], 'db')
    expect(carrier).toMatchObject({ cell: { rsrpDbm: -92, sinrDb: 9, rsrqDb: -13 } })
  })
  it('the raw scale is that of LTE alone', () => {
    expect(cellOfQeng([lte('-99', '-12', '-67', '115')], 'fifth')).toMatchObject({
      cell: { sinrDb: 3 },
    })
    expect(cellOfQeng([lte('-99', '-12', '-67', '251')], 'fifth')).toMatchObject({
      cell: { sinrDb: null },
    })
    expect(cellOfQeng([sa], 'fifth')).toMatchObject({ cell: { sinrDb: 17 } })
  })
  it.each([
    ['-', { rsrpDbm: null, sinrDb: 11 }],
    ['-32768', { rsrpDbm: null, sinrDb: 11 }],
    ['', { rsrpDbm: null, sinrDb: 11 }],
    ['-9', { rsrpDbm: null, sinrDb: 11 }],
    ['-500', { rsrpDbm: null, sinrDb: 11 }],
    ['-156', { rsrpDbm: -156, sinrDb: 11 }],
  ])('RSRP %j', (rsrp, cell) => {
    expect(cellOfQeng([lte(rsrp)], 'db')).toMatchObject({ cell })
  })
  it.each([
    ['SEARCH', ['+QENG: "servingcell","SEARCH"'], { kind: 'none', state: 'SEARCH' }],
    ['a cell of which nothing is known', [lte('-', '-', '-', '-')], { kind: 'none' }],
    ['LIMSRV', [lte('-99', '-12', '-67', '11', 'LIMSRV')], { kind: 'cell', state: 'LIMSRV' }],
    ['a state of another make', [lte().replace('NOCONN', 'IDLE')], { kind: 'refused' }],
    ['a cut line', [lte().slice(0, 70)], { kind: 'refused', why: 'cellCut LTE' }],
    ['another technology', [lte().replace('"LTE"', '"WCDMA"')], { kind: 'refused', why: 'WCDMA' }],
    ['no state', nsa.slice(1), { kind: 'refused', why: 'messageMisses state' }],
    ['nothing', [], { kind: 'refused', why: 'messageMisses state' }],
  ])('%s', (_name, lines, read) => {
    expect(cellOfQeng(lines, 'db')).toMatchObject(read)
  })
})

describe('+CESQ and +CSQ', () => {
  it('the example of lane-devices.md', () => {
    expect(cellOfCesq('+CESQ: 99,99,255,255,31,62')).toMatchObject({
      cell: { technology: 'LTE', rsrpDbm: -78, rsrqDb: -4, sinrDb: null },
    })
  })
  it('nine fields where the modem knows 5G, LTE first', () => {
    expect(cellOfCesq('+CESQ: 99,99,255,255,255,255,60,70,80')).toMatchObject({
      cell: { technology: 'NR', rsrpDbm: -86, rsrqDb: -13, sinrDb: 17 },
    })
    expect(cellOfCesq('+CESQ: 99,99,255,255,31,62,60,70,80')).toMatchObject({
      cell: { technology: 'LTE', rsrpDbm: -78 },
    })
  })
  it.each([
    ['+CESQ: 99,99,255,255,255,255', { kind: 'none' }],
    ['+CESQ: 99,99,255,255,255,255,255,255,255', { kind: 'none' }],
    ['+CESQ: 99,99,255,255,31', { kind: 'refused' }],
    ['+CESQ: 99,99,255,255,31,98', { kind: 'refused' }],
    ['+CESQ: 99,99,255,255,35,62', { kind: 'refused' }],
    ['+CESQ: 99,99,255,255,-1,62', { kind: 'refused' }],
    ['+CESQ: ', { kind: 'refused' }],
  ])('%s', (line, read) => {
    expect(cellOfCesq(line)).toMatchObject(read)
  })
  it.each([
    ['+CSQ: 0,99', -113],
    ['+CSQ: 31,0', -51],
    ['+CSQ: 99,99', null],
    ['+CSQ: 32,99', undefined],
    ['+CSQ: -1,99', undefined],
    ['+CSQ: 7', undefined],
  ])('%s', (line, dbm) => {
    expect(rssiOfCsq(line)).toBe(dbm)
  })
})
