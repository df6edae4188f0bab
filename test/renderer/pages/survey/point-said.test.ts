// What is said aloud for a point: its number in walking order and its verdict, in both languages; a point
// that was taken back; silence for everything else. Every sound has its file.
import { describe, expect, it } from 'vitest'
import type { SurveyPage } from '#survey/calls/survey-views.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { soundFile } from '#renderer/pages/survey/field/number-sounds.ts'
import { soundNames, soundsOf } from '#renderer/pages/survey/field/point-said.ts'
import { surveyPageView, surveyRecords } from './survey-views-kit.ts'

const taken = (count: number, more: readonly SurveyBody[] = []): SurveyPage =>
  surveyPageView(count, more)
const read = (count: number, levelDbm: number): SurveyBody => {
  const body = surveyRecords(count).at(-1)?.body
  if (body?.kind !== 'field') throw new Error('no such point')
  return { ...body, levelsDbm: [levelDbm] }
}

describe('a point', () => {
  it.each([
    // A point inside the box but outside the needed area has no limit; on the border of the box it has one.
    ['zh', 39, ['4', '0', 'point', 'free']],
    ['en', 39, ['point', '4', '0', 'free']],
    ['zh', 8, ['9', 'point', 'fail']],
    ['en', 11, ['point', '1', '2', 'pass']],
  ] as const)('is said by number and verdict (%s, after %i)', (spoken, count, said) => {
    expect(soundsOf(taken(count), taken(count + 1), spoken)).toEqual(said)
  })

  it('that is read again is said again, by the mean of its readings', () => {
    expect(soundsOf(taken(40), taken(40, [read(12, -60)]), 'zh')).toEqual([
      ...['1', '2', 'point', 'pass'],
    ])
    expect(soundsOf(taken(40), taken(40, [read(12, -40)]), 'en')).toEqual([
      ...['point', '1', '2', 'fail'],
    ])
  })

  it('that was taken back is said to be undone', () => {
    const records = surveyRecords(40)
    const back: SurveyBody = { kind: 'withdrawn', recordId: records.at(-1)?.id ?? '', reason: '' }
    expect(soundsOf(taken(40), taken(40, [back]), 'zh')).toEqual(['4', '0', 'point', 'undone'])
  })
})

describe('silence', () => {
  it('for another survey, for no new record, for many points at once, for a check', () => {
    const other = { ...taken(41), name: '20260303-090000000' }
    const check: SurveyBody = {
      kind: 'check',
      item: 'D1',
      part: 'signs',
      answer: 'no',
      remark: '',
      photos: [],
    }
    expect(soundsOf(taken(40), other, 'zh')).toEqual([])
    expect(soundsOf(taken(40), taken(40), 'zh')).toEqual([])
    expect(soundsOf(taken(40), taken(60), 'zh')).toEqual([])
    expect(soundsOf(taken(40), taken(40, [check]), 'zh')).toEqual([])
    expect(soundsOf(null, taken(40), 'zh')).toEqual([])
  })
})

it('has a file for every sound in both languages', () => {
  for (const spoken of ['zh', 'en'] as const)
    for (const name of soundNames)
      expect(soundFile(spoken, name), `${spoken} ${name}`).toContain(`${spoken}/${name}.opus`)
})
