// A point of row 5 counts by its worst level, and may be read again three times (7.21).
import { expect, it } from 'vitest'
import type { PointMm } from '#survey/pure/field/grid.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { zoneFacts } from '#survey/pure/field/zone-verdict.ts'
import { recordsOf } from './records.ts'
import { boxField, readAt, wholeField } from './whole-field.ts'

const facts = (bodies: readonly SurveyBody[]) => {
  const found = zoneFacts(projectOf(recordsOf(bodies)))
  if (found === null) throw new Error('nothing was read')
  return found
}
const verdict = (bodies: readonly SurveyBody[]): string => facts(bodies).verdict
const whole = wholeField(boxField(-41.1, -48.9))
const inner = { xMm: 1_500, yMm: 2_250 }
/** Further readings, before the last drift reading. */
const also = (bodies: readonly SurveyBody[], ...more: readonly SurveyBody[]) =>
  bodies.toSpliced(-1, 0, ...more)
const set = (bodies: readonly SurveyBody[], at: PointMm, levelDbm: number): readonly SurveyBody[] =>
  bodies.map((body) =>
    body.kind === 'field' && body.place === 'lane' && body.xMm === at.xMm && body.yMm === at.yMm
      ? { ...body, levelsDbm: [levelDbm] }
      : body,
  )

it('counts the worst level of a point: no repetition makes a pass of a fail', () => {
  const bad = set(whole, inner, -60)
  expect(verdict(bad)).toBe('fail')
  expect(verdict(also(bad, readAt(inner, -41)))).toBe('incomplete')
  const near = also(set(whole, inner, -49.5), readAt(inner, -44.5), readAt(inner, -44.5))
  expect(facts(near)).toMatchObject({ verdict: 'fail', gaps: [], need: { levelDbm: -49.5 } })
  const ring = { xMm: -250, yMm: 1_000 }
  expect(facts(also(whole, readAt(ring, -42.9)))).toMatchObject({
    verdict: 'fail',
    out: { ...ring, levelDbm: -42.9 },
  })
  // A burst has a worst level, too.
  const burst = { levelsDbm: [-41, -41, -41, -41, -46.6] }
  expect(verdict(also(whole, { ...readAt(inner, 0), ...burst }))).toBe('fail')
})

it.each([
  [3, 'pass'],
  [4, 'incomplete'],
])('%i retakes of a point: %s', (times, expected) => {
  const retakes = Array.from({ length: times }, () => readAt(inner, -41.2))
  expect(verdict(also(whole, ...retakes))).toBe(expected)
})
