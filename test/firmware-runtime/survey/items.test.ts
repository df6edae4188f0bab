// Every row of table D.1 with its own examples, and the rows against the printed table.
import { describe, expect, it } from 'vitest'
import { surveyItems } from '../../../firmware-runtime/survey/items/index.ts'
import { projectOf } from '../../../firmware-runtime/survey/project.ts'
import { recordsOf } from './records.ts'

const verdicts = ['pass', 'fail', 'incomplete']

describe('table D.1', () => {
  it('has its fifteen rows in order', () => {
    expect(surveyItems.map(({ id }) => id)).toEqual(
      Array.from({ length: 15 }, (_, i) => `D${i + 1}`),
    )
  })

  it.each(surveyItems)('$id is judged as its examples say', (item) => {
    item.examples().forEach(({ verdict, bodies }, i) => {
      const found = item.judge(projectOf(recordsOf(bodies)))
      expect(found.verdict, `example ${i}: ${found.words.en}`).toBe(verdict)
      expect(found.words.zh).not.toBe('')
    })
  })

  it.each(surveyItems)('$id has an example of each verdict', (item) => {
    const has = new Set(item.examples().map(({ verdict }) => verdict))
    for (const verdict of verdicts) expect(has, verdict).toContain(verdict)
  })

  it.each(surveyItems)('$id is incomplete, or not asked, when nothing was measured', (item) => {
    expect(item.judge(projectOf([])).verdict).toBe('incomplete')
  })
})
