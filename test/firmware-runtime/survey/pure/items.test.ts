// Every row of table D.1 with its own examples, and the rows against the printed table.
import { describe, expect, it } from 'vitest'
import { isClosed } from '#survey/pure/item.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import { nextStep, stepCodes } from '#survey/pure/next-steps.ts'
import { projectOf } from '#survey/pure/file/project.ts'
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
      expect(found.next === null, `example ${i}`).toBe(isClosed(verdict))
      if (found.next !== null) expect(stepCodes).toContain(found.next.code)
    })
  })

  it.each(surveyItems)('$id has an example of each verdict', (item) => {
    const has = new Set(item.examples().map(({ verdict }) => verdict))
    for (const verdict of verdicts) expect(has, verdict).toContain(verdict)
  })

  it.each(surveyItems)('$id is incomplete, or not asked, when nothing was measured', (item) => {
    const { verdict, next } = item.judge(projectOf([]))
    expect(verdict).toBe('incomplete')
    expect(next).toEqual(nextStep('measure', item.procedure))
  })

  it('has steps in both languages, that name the place', () => {
    for (const code of stepCodes) {
      const { zh, en } = nextStep(code, { zh: '此处', en: 'this place' })
      expect(zh, code).toMatch(/\p{Script=Han}/u)
      expect(en, code).toMatch(/^[A-Z]/)
      expect(zh.includes('此处'), code).toBe(en.includes('this place'))
    }
  })
})
