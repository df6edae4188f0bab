// No line of a report breaks within a figure, and no column is narrower than its words and figures.
// Text joined with no-break spaces reads the same.
import { describe, expect, it } from 'vitest'
import { withWholeFigures } from '#survey/report/report-marks.ts'
import type { ReportDocument } from '#survey/report/report-model.ts'
import { wholeWidths } from '#survey/report/report-rows.ts'

const of = (text: string): string => {
  const report: ReportDocument = {
    language: 'en',
    title: text,
    basis: '',
    printedAtMs: 0,
    footer: '',
    sections: [],
  }
  return withWholeFigures(report).title
}

describe('a figure', () => {
  it.each([
    ['lowest -41.0 dBm, guard 1.5 dB', 'lowest -41.0_dBm, guard 1.5_dB'],
    ['≥ 1 000 Kbps', '≥_1_000_Kbps'],
    ['26.2 / 39.0 / 188.9 ms', '26.2_/_39.0_/_188.9_ms'],
    ['150.2 ± 12.0', '150.2_±_12.0'],
    ['on 2026-03-02 09:00:00', 'on 2026-03-02_09:00:00'],
    ['SINR > 3 dB', 'SINR >_3_dB'],
    ['95 % of 3 OBUs', '95_% of 3 OBUs'],
    ['3 minutes, 5 more', '3 minutes, 5 more'],
    ['pass / fail', 'pass / fail'],
  ])('of %s is not broken', (text, whole) => {
    expect(of(text).replaceAll('\u00a0', '_')).toBe(whole)
  })
})

describe('the columns of a table', () => {
  const widths = [21, 14, 10, 18, 7, 9, 21]
  const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)

  it('have room for each word of a head and each figure, the wide ones giving way', () => {
    const head = ['Recorded', 'Direction', 'Method', 'Peer', 'Interface', 'Sent', 'Latency']
    const rows = [['2026-03-02', 'up', 'udp', 'a', 'eth0', '3000', '9.1'].map((text) => ({ text }))]
    const got = wholeWidths({ head, rows }, widths)
    expect(sum(got)).toBeCloseTo(100, 6)
    // 9 characters of 1.9 mm and 3 mm of padding, of 180 mm.
    expect(got[4]).toBeGreaterThan(9.5)
    expect(got[0]).toBeLessThan(21)
  })

  it('stay as they are where nothing is broken', () => {
    const head = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    expect(wholeWidths({ head, rows: [] }, widths)).toEqual(widths)
  })
})
