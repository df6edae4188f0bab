// What a survey report costs: fonts opened, layout passes, texts, pictures drawn, and steps, the same on every machine.
// More points open no further font and cause no further pass.
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
  // Regular and bold, once to find where the tall drawing begins and once for the file.
  it.each(sizes)('%s: as PDF opens four fonts, two a layout', (size) => {
    expect(work[size].pdf.fonts).toBe(4)
  })
  // One pass to find where the map begins, one for the file, and one for each heading that moves to the next page.
  it.each(sizes)('%s: as PDF is laid out in four passes at most', (size) => {
    expect(work[size].pdf.passes).toBeLessThanOrEqual(4)
  })
  // Counted: 817 and 1,875 texts in two and four passes, as it names weak places and not every point; 13.8 and 38 million
  // steps.
  it.each(sizes)('%s: as PDF has 500 texts a pass at most, in 12 million steps', (size) => {
    const { texts, steps, own, passes } = work[size].pdf
    expect(texts / passes).toBeLessThan(500)
    expect(steps / passes).toBeLessThan(12e6)
    expect(own).toBeLessThan(80_000)
  })
  // Counted: 5.9 and 13.1 million steps; a map with legible figures is a larger picture.
  it.each(sizes)('%s: as DOCX draws one picture, in 16 million steps at most', (size) => {
    const { pictures, steps, own } = work[size].docx
    expect(pictures).toBe(1)
    expect(steps).toBeLessThan(16e6)
    expect(own).toBeLessThan(43_000)
  })
  // Counted: 9,100 and 10,500 steps a point, 22 of them in our code: each of its nine cells is written once.
  it.each(sizes)('%s: as XLSX takes 14,000 steps at most for a point', (size) => {
    const { points, xlsx } = work[size]
    expect(xlsx.steps / points).toBeLessThan(14_000)
    // The guard of each text against formulas adds to this.
    expect(xlsx.own / points).toBeLessThan(56)
  })
})
