// Well-formed records that a survey refuses: those that would change the basis of judgement after the first reading,
// and repeated readings of a point without a reason. Each refusal names its field.
import type { Why } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { pointKey } from '../pure/field/grid.ts'
import { projectOf, recordsNow, standsForGood } from '../pure/file/project.ts'
import { isReading } from '../pure/file/reading-origin.ts'
import { refusedPlan } from '../pure/field/zone-plan.ts'
import { signingRefusal } from '../pure/file/signing.ts'
import type { FieldBody, SurveyBody, SurveyRecord } from '../pure/file/record.ts'

interface Refusal {
  /** Absent: a value of the record itself is wrong. */
  readonly code?: 'SURVEY-40'
  readonly field: string
  readonly value: string
  readonly note: Why
}

const refusal = (field: string, value: string, note: Why): Refusal => ({ field, value, note })

function openedRefusal(
  body: Extract<SurveyBody, { kind: 'opened' }>,
  records: readonly SurveyRecord[],
): Refusal | null {
  if (records.some((record) => record.body.kind === 'opened'))
    return refusal(
      '/kind',
      '"opened"',
      t('勘测只开一次:请新建', 'a survey is opened only once: create a new one'),
    )
  const fault = refusedPlan(body)
  return fault === null ? null : refusal(fault.field, '', fault.words.en)
}

/** The drift point is read before the first and after the last reading: more readings need a reason, too. */
const usualReadings = (place: FieldBody['place']): number => (place === 'drift' ? 2 : 1)

function fieldRefusal(body: FieldBody, records: readonly SurveyRecord[]): Refusal | null {
  if (body.reason !== undefined) return null
  const same = recordsNow(records).filter(
    (record) =>
      record.body.kind === 'field' &&
      record.body.place === body.place &&
      record.body.antennaId === body.antennaId &&
      record.body.instrumentId === body.instrumentId &&
      pointKey(record.body) === pointKey(body),
  )
  if (same.length < usualReadings(body.place)) return null
  return refusal(
    '/reason',
    `${body.xMm},${body.yMm}`,
    t(
      '这一点已有读数;再测须写原因,最多 3 次,按最差的一次计',
      'this point already has a reading; another one needs a reason, at most 3 of them, and the worst level counts',
    ),
  )
}

/** Records on which a verdict depends cannot be withdrawn without a reason. */
const isJudged = (body: SurveyBody): boolean =>
  isReading(body) || ['setup', 'instrument', 'obuTries', 'criterion'].includes(body.kind)

function withdrawnRefusal(
  { recordId, reason }: Extract<SurveyBody, { kind: 'withdrawn' }>,
  records: readonly SurveyRecord[],
): Refusal | null {
  const of = records.find(({ id }) => id === recordId)
  if (of === undefined)
    return refusal('/recordId', recordId, t('没有这条记录', 'there is no such record'))
  if (standsForGood(of))
    return refusal(
      '/recordId',
      recordId,
      t('勘测开头的内容不能改', 'what a survey begins with cannot be changed'),
    )
  if (isJudged(of.body) && reason.trim() === '')
    return refusal(
      '/reason',
      '',
      t(
        '取消读数、仪器、天线设置或依据须写原因',
        'a reason is needed to take back a reading, an instrument, an antenna setup or a source',
      ),
    )
  return null
}

function signatureRefusal(
  { despite }: Extract<SurveyBody, { kind: 'signature' }>,
  records: readonly SurveyRecord[],
): Refusal | null {
  const refused = signingRefusal(projectOf(records), despite)
  return refused === null ? null : { code: 'SURVEY-40', field: '/despite', ...refused }
}

/** Null: it may be written after these records. */
export function recordRefusal(body: SurveyBody, records: readonly SurveyRecord[]): Refusal | null {
  if (body.kind === 'opened') return openedRefusal(body, records)
  if (body.kind === 'field') return fieldRefusal(body, records)
  if (body.kind === 'signature') return signatureRefusal(body, records)
  if (body.kind === 'withdrawn') return withdrawnRefusal(body, records)
  if (body.kind === 'deviation' && body.item === 'D5' && body.area !== null)
    return refusal(
      '/area',
      '',
      t('所需区域在新建勘测时填写', 'the needed area is entered when a survey is created'),
    )
  return null
}
