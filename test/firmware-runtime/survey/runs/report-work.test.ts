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
  // Regular and bold, once or twice to find where the tall drawing stands and once for the file.
  it.each(sizes)(
    '%s: as PDF opens two fonts a layout, of which there are three at most',
    (size) => {
      expect([4, 6]).toContain(work[size].pdf.fonts)
    },
  )
  // One pass to find where the map begins, one for the file, and one for each heading that moves to the next page.
  it.each(sizes)('%s: as PDF is laid out in four passes at most', (size) => {
    expect(work[size].pdf.passes).toBeLessThanOrEqual(4)
  })
  // Counted: 748 and 1,221 texts in two and three passes, as the annex has a text for each row of points; 20 and 45 million
  // steps.
  it.each(sizes)('%s: as PDF has 500 texts a pass at most, in 18 million steps', (size) => {
    const { texts, steps, own, passes } = work[size].pdf
    expect(texts / passes).toBeLessThan(500)
    expect(steps / passes).toBeLessThan(18e6)
    expect(own).toBeLessThan(130_000)
  })
  // Counted: 6.3 and 13.8 million steps; a map with legible figures is a larger picture.
  it.each(sizes)('%s: as DOCX draws one picture, in 16 million steps at most', (size) => {
    const { pictures, steps, own } = work[size].docx
    expect(pictures).toBe(1)
    expect(steps).toBeLessThan(16e6)
    expect(own).toBeLessThan(110_000)
  })
  // Counted: 12,200 and 2,600 steps a point, 81 and 71 of them in our code: each of its twelve cells is written once.
  it.each(sizes)('%s: as XLSX takes 14,000 steps at most for a point', (size) => {
    const { points, xlsx } = work[size]
    expect(xlsx.steps / points).toBeLessThan(14_000)
    // The guard of each text against formulas adds to this.
    expect(xlsx.own / points).toBeLessThan(100)
  })
})
