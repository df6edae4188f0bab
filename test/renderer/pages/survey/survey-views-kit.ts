// A survey half way in the runtime's answer: made by the runtime's own page from records of a known field.
// Strong inside with one weak corner, weak around; the last rows are not measured yet.
import type { SurveyPage } from '#survey/calls/survey-views.ts'
import { surveyPage } from '#survey/pure/file/survey-page.ts'
import { gridPoints, parkingGrid } from '#survey/pure/field/grid.ts'
import type { SurveyBody, SurveyRecord } from '#survey/pure/file/record.ts'
import { recordsOf, startMs } from '../../../firmware-runtime/survey/pure/records.ts'
import { openingOf, readAt } from '../../../firmware-runtime/survey/pure/whole-field.ts'

const opened = openingOf('演示停车场', { lane: '出口', trigger: { xMm: 1_600, yMm: 2_250 } })
const check: SurveyBody = {
  kind: 'check',
  item: 'D1',
  part: 'island',
  answer: 'yes',
  remark: '',
  photos: [],
}

/** The first `taken` points of the walk, then further records. */
export function surveyRecords(
  taken: number,
  more: readonly SurveyBody[] = [],
): readonly SurveyRecord[] {
  const fields = gridPoints(parkingGrid)
    .slice(0, taken)
    .map(({ xMm, yMm }) => {
      const out = Math.hypot((xMm - 1_600) / 1_600, (yMm - 2_250) / 2_250)
      const level = Math.round((-32 - 11 * out * out) * 10) / 10
      return readAt({ xMm, yMm }, level, { instrumentId: 'typed' })
    })
  // Readings count under a setup on record.
  const setups = more.filter(({ kind }) => kind === 'setup')
  const others = more.filter((one) => !setups.includes(one))
  return recordsOf([opened, check, ...setups, ...fields, ...others])
}

export const surveyPageView = (taken = 230, more: readonly SurveyBody[] = []): SurveyPage =>
  surveyPage({
    name: '20260302-090000000',
    createdAtMs: startMs,
    records: surveyRecords(taken, more),
    lost: [],
    broken: [],
  })
