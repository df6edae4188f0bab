// What a report of takings costs as a file: fonts opened, layout passes, texts per cell, and steps, the same on every
// machine. The cost of more rows is linear.
import { beforeAll, describe, expect, it } from 'vitest'
import { inThread } from '../../../../kit/in-thread.ts'
import type { TakingsWork } from './report-work.ts'

let work: TakingsWork
beforeAll(async () => {
  work = await inThread<TakingsWork>(new URL('report-work.ts', import.meta.url))
})

const sizes = ['few', 'many'] as const

describe('a report of takings of 40 rows and of 400, with six cells each', () => {
  it.each(sizes)('%s: as PDF opens two fonts, in one pass', (size) => {
    const { fonts, passes } = work[size].pdf
    expect([fonts, passes]).toEqual([2, 1])
  })
  // Heads, facts and footers add 16 and 27 texts; 35,000 and 26,000 steps a row were counted, 530 of them in our code.
  it.each(sizes)('%s: as PDF has a text for each cell, in 43,000 steps a row', (size) => {
    const { rows, pdf } = work[size]
    expect(pdf.texts - 6 * rows).toBeLessThan(36)
    expect(pdf.steps / rows).toBeLessThan(43_000)
    expect(pdf.own / rows).toBeLessThan(620)
  })
  // Counted: 6,600 and 7,900 steps a row, 37 of them in our code.
  it.each(sizes)('%s: as XLSX takes 10,500 steps at most for a row', (size) => {
    const { rows, xlsx } = work[size]
    expect(xlsx.steps / rows).toBeLessThan(10_500)
    expect(xlsx.own / rows).toBeLessThan(50)
  })
})
