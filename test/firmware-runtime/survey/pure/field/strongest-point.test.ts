// Where the field is strongest, against clause 7.1.1 e: in the needed area, or how far above it and where.
import { describe, expect, it } from 'vitest'
import { projectOf } from '#survey/pure/file/project.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { strongestPoint } from '#survey/pure/field/strongest-point.ts'
import { recordsOf } from '../records.ts'
import { openedBody, readAt } from '../whole-field.ts'

const inside = { xMm: 1_500, yMm: 2_000 }
const outside = { xMm: 500, yMm: 4_000 }
const { zone: _zone, ...undeclared } = openedBody
const of = (opened: SurveyBody, ...bodies: readonly SurveyBody[]) =>
  strongestPoint(projectOf(recordsOf([opened, ...bodies])), 1.5)

describe('the strongest point', () => {
  it.each([
    ['inside', [readAt(inside, -38), readAt(outside, -40)], 'pass', inside],
    ['inside, of equal levels', [readAt(outside, -38), readAt(inside, -38)], 'pass', inside],
    ['outside within the guard', [readAt(inside, -38), readAt(outside, -37)], 'marginal', outside],
    ['outside', [readAt(inside, -38), readAt(outside, -36)], 'fail', outside],
    ['outside, nothing read inside', [readAt(outside, -36)], 'incomplete', outside],
    // A burst is its mean power: one high level does not move the point.
    [
      'inside, of a burst outside',
      [readAt(inside, -38), readAt(outside, 0, { levelsDbm: [-37.5, -44, -44] })],
      'pass',
      inside,
    ],
  ] as const)('%s', (_what, bodies, verdict, at) => {
    expect(of(openedBody, ...bodies)).toMatchObject({ verdict, ...at })
  })

  it('says where and by how many dB, in both languages', () => {
    const found = of(openedBody, readAt(inside, -38), readAt(outside, -36))
    expect(found).toMatchObject({ levelDbm: -36, offMm: 2_067 })
    for (const text of [found?.words.zh, found?.words.en])
      for (const figure of ['-36.0 dBm (0.50, 4.00)', '2.07 m', '2.0 dB', '1.5 dB'])
        expect(text).toContain(figure)
    expect(of(openedBody, readAt(inside, -38))?.words.en).not.toContain('outside')
  })

  it('is none without a reading, and of no verdict without a needed area or a trigger', () => {
    expect(of(openedBody)).toBeNull()
    expect(of(undeclared as SurveyBody, readAt(inside, -38))?.verdict).toBe('incomplete')
    expect(of({ ...openedBody, trigger: null }, readAt(inside, -38))).toMatchObject({
      verdict: 'pass',
      offMm: null,
    })
  })
})
