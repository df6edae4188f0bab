// What a report of a survey costs: fonts opened, passes of its layout, texts, pictures drawn, and steps, the same on every machine.
// More points open no font and begin no pass for them.
import { beforeAll, describe, expect, it } from 'vitest'
import { inThread } from '../../../kit/in-thread.ts'
import type { ReportWork } from './report-work.ts'

let work: ReportWork
beforeAll(async () => {
  work = await inThread<ReportWork>(new URL('report-work.ts', import.meta.url))
})

const sizes = ['few', 'many'] as const

describe('the report of a survey of 234 points and of 936', () => {
  it('has so many', () => {
    expect(sizes.map((size) => work[size].points)).toEqual([234, 936])
  })
  // The upright and the bold one, once to find where the tall drawing begins and once for the file.
  it.each(sizes)('%s: as PDF opens four fonts, two a layout', (size) => {
    expect(work[size].pdf.fonts).toBe(4)
  })
  // The last of them with a heading on the next page.
  it.each(sizes)('%s: as PDF is laid out in three passes', (size) => {
    expect(work[size].pdf.passes).toBe(3)
  })
  // 1,142 and 1,166: it names places that are weak, not every point; and 16.4 and 21.7 million, most of them the two fonts.
  it.each(sizes)('%s: as PDF has 1,500 texts at most, in 29 million steps', (size) => {
    const { texts, steps, own } = work[size].pdf
    expect(texts).toBeLessThan(1_500)
    expect(steps).toBeLessThan(29e6)
    expect(own).toBeLessThan(60_000)
  })
  // 5.1 and 7.3 million.
  it.each(sizes)('%s: as DOCX draws one picture, in 10 million steps at most', (size) => {
    const { pictures, steps, own } = work[size].docx
    expect(pictures).toBe(1)
    expect(steps).toBeLessThan(10e6)
    expect(own).toBeLessThan(26_000)
  })
  // 9,100 and 10,500 a point, 22 of them our own: each of its nine cells is written once.
  it.each(sizes)('%s: as XLSX takes 14,000 steps at most for a point', (size) => {
    const { points, xlsx } = work[size]
    expect(xlsx.steps / points).toBeLessThan(14_000)
    expect(xlsx.own / points).toBeLessThan(29)
  })
})
