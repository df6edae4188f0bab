// NMEA on the link and as text: the vectors of lane-devices.md 8.1, any talker, any split, and invalid sentences.
// Times are checked against instants calculated by hand.
import { describe, expect, it } from 'vitest'
import {
  bodyOf,
  noScan,
  scan,
  sentenceCharsMax,
  sumOf,
  type Scanned,
} from '#devices/pure/time/nmea/framing.ts'
import { readSentence } from '#devices/pure/time/nmea/sentences.ts'

const rmc = '$GNRMC,013015.000,A,3109.9704,N,12123.4219,E,0.02,335.62,201126,,,A,V*05'
const zda = '$GNZDA,013015.000,20,11,2026,00,00*4A'
const gga = '$GNGGA,013015.000,3109.9704,N,12123.4219,E,1,18,0.7,12.3,M,9.8,M,,*47'
const published = '$GPRMC,100646.000,A,3109.9704,N,12123.4219,E,0.257,335.62,291216,,,A*59'
/** 2026-11-20T00:00:00Z. */
const dayMs = 1_795_132_800_000
const timeOfDayMs = 5_415_000

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const at = { atMs: 7, wallMs: 1_795_138_215_200 }
const line = (body: string): string => `$${body}*${sumOf(body)}`
const read = (text: string): unknown => readSentence(bodyOf(text) ?? '')

describe('sentences on the wire', () => {
  it.each([rmc, zda, gga, published])('the sum of %s fits', (text) => {
    expect(bodyOf(text)).toBe(text.slice(1, -3))
    expect(bodyOf(text.replace('1', '2'))).toBe(null)
  })
  it('takes a sum in small letters, and none that is missing', () => {
    expect(bodyOf(`${zda.slice(0, -2)}4a`)).not.toBe(null)
    expect(bodyOf(zda.slice(0, -3))).toBe(null)
    expect(bodyOf('$*00')).toBe(null)
  })
  it('is the same split at any byte, each sentence with the moment of its first one', () => {
    const bytes = bytesOf(`${rmc}\r\n${zda}\r\n`)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const first = scan(noScan, bytes.subarray(0, cut), at)
      const second = scan(first.scan, bytes.subarray(cut), { atMs: 8, wallMs: 9 })
      const all = [...first.sentences, ...second.sentences]
      expect(all.map(({ body }) => body)).toEqual([rmc.slice(1, -3), zda.slice(1, -3)])
      expect(all[0]?.began.atMs).toBe(cut === 0 ? 8 : 7)
      expect(all[1]?.began.atMs).toBe(cut <= rmc.length + 2 ? 8 : 7)
    }
  })
  it('starts anew at each $, and says what it threw away', () => {
    const got = scan(noScan, bytesOf(`xx$GNRMC,01${zda}\r\n${rmc.slice(0, -1)}0\r\n`), at)
    expect(got.sentences).toHaveLength(1)
    expect(got.badSums).toBe(1)
    expect(got.discardedBytes).toBe(2 + '$GNRMC,01'.length + rmc.length)
  })
  it('is bounded, and a byte that cannot be printed ends a sentence', () => {
    let got: Scanned = scan(noScan, bytesOf('$'), at)
    for (let i = 0; i < 300; i++) {
      got = scan(got.scan, bytesOf('A'), at)
      expect(got.scan.carry.length).toBeLessThanOrEqual(sentenceCharsMax)
    }
    const odd = zda.replace('20,11', '20,\u000711')
    expect(scan(noScan, bytesOf(`${odd}\r\n`), at).sentences).toEqual([])
  })
})

describe('what they say', () => {
  it('RMC, ZDA and GGA of lane-devices.md', () => {
    expect(read(rmc)).toEqual({ kind: 'rmc', talker: 'GN', timeOfDayMs, dayMs, isFix: true })
    expect(read(zda)).toEqual({ kind: 'zda', talker: 'GN', timeOfDayMs, dayMs })
    expect(read(gga)).toEqual({
      kind: 'gga',
      talker: 'GN',
      timeOfDayMs,
      isFix: true,
      satellites: 18,
    })
    expect(read(published)).toEqual({
      kind: 'rmc',
      talker: 'GP',
      timeOfDayMs: 36_406_000,
      isFix: true,
      dayMs: Date.UTC(2016, 11, 29),
    })
  })
  it.each(['GP', 'GL', 'GA', 'BD', 'GB', 'GQ', 'GN', 'XX'])('any talker: %s', (talker) => {
    expect(read(line(`${talker}${rmc.slice(3, -3)}`))).toMatchObject({ kind: 'rmc', talker })
  })
  it.each([
    ['status V', 'GNRMC,013015.000,V,,,,,,,201126,,,N', false],
    ['an estimate', 'GNRMC,013015.000,A,,,,,,,201126,,,E', false],
    ['a simulator', 'GNRMC,013015.000,A,,,,,,,201126,,,S', false],
    ['no mode, before NMEA 2.3', 'GNRMC,013015.000,A,,,,,,,201126,,', true],
    ['float', 'GNRMC,013015.000,A,,,,,,,201126,,,F', true],
  ])('a fix of RMC: %s', (_name, body, isFix) => {
    expect(read(line(body))).toMatchObject({ isFix, timeOfDayMs, dayMs })
  })
  it.each([
    ['0', false],
    ['1', true],
    ['2', true],
    ['4', true],
    ['5', true],
    ['6', false],
    ['7', false],
    ['8', false],
    ['', false],
  ])('a fix of GGA with quality %j: %s', (quality, isFix) => {
    expect(read(line(`GNGGA,013015.000,,,,,${quality},,,,M,,M,,`))).toMatchObject({ isFix })
  })
  it('a receiver that knows nothing yet says so with nothing', () => {
    const nothing = { timeOfDayMs: null, dayMs: null }
    expect(read(line('GNRMC,,V,,,,,,,,,,N'))).toMatchObject(nothing)
    expect(read(line('GNZDA,,,,,,'))).toMatchObject(nothing)
  })
  it.each([
    'GNRMC,240000.000,A,,,,,,,201126,,,A',
    'GNRMC,235960.000,A,,,,,,,201126,,,A',
    'GNRMC,01301,A,,,,,,,201126,,,A',
    'GNRMC,013015.000,A,,,,,,,310226,,,A',
    'GNRMC,013015.000,A,,,,,,,001126,,,A',
    'GNRMC,013015.000,,,,,,,,201126,,,A',
    'GNZDA,013015.000,20,11,,00,00',
    'GNZDA,013015.000,29,02,2027,00,00',
    'GNGGA,013015.000,,,,,x,,,,M,,M,,',
    'GPGSV,1,2,04,01,45,110,38',
    'GPGSV,a,1,04',
    'GNGSA,A,9,01,,,,,,,,,,,,1,1,1,4',
  ])('%s is refused', (body) => {
    expect(read(line(body))).toMatchObject({ kind: 'refused' })
  })
  it.each(['PUBX,00', 'PMTKA,1', 'GNTXT,01,01,02,x', 'GN', '', 'gnrmc,1'])(
    '%j is of no interest',
    (body) => {
      expect(readSentence(body)).toEqual({ kind: 'other' })
    },
  )
  it('satellites: heard by GSV, in use by GSA', () => {
    expect(read(line('GBGSV,1,1,04,21,45,110,38,22,45,120,,23,,,40,,,,,1'))).toEqual({
      kind: 'gsv',
      talker: 'GB',
      heard: 2,
    })
    const ids = '03,04,05,,,,,,,,,'
    expect(read(line(`GNGSA,A,3,${ids},1.3,0.7,1.1,4`))).toMatchObject({ system: 'BD', used: 3 })
    expect(read(line(`GNGSA,A,3,${ids},1.3,0.7,1.1`))).toMatchObject({ system: null })
    expect(read(line(`GBGSA,A,2,${ids},1.3,0.7,1.1`))).toMatchObject({ system: 'BD', used: 3 })
    expect(read(line(`GBGSA,A,1,${ids},1.3,0.7,1.1`))).toMatchObject({ used: 0 })
  })
})
