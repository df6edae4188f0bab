// A survey under way while the antenna changes its version: what was measured before does not count for the antenna as it
// is. Surveys of other lanes, and those without a setup, stay as they are.
import { afterAll, describe, expect, it } from 'vitest'
import { recordChange, type AntennaChange } from '#survey/desk/worker/antenna-change.ts'
import { openSurvey } from '#survey/files/open-survey.ts'
import type { SetupBody, SurveyBody } from '#survey/pure/file/record.ts'
import { SurveyFolder } from '../../pure/survey-files-kit.ts'
import { analyser, openingOf, readAt } from '../../pure/whole-field.ts'

const folder = new SurveyFolder()
afterAll(() => folder.remove())

const setup = (firmware: string | null): SetupBody => ({
  kind: 'setup',
  profile: 'rsu/generic/generic-bcc',
  firmware,
  settings: { powerStep: 12 },
  heightMm: 5_500,
  downDeg: 60,
  yawDeg: 0,
})
const change: AntennaChange = { lanes: ['exit', '出口', 'Exit'], before: '0200', now: '0201' }
const readings = [1, 2, 3].map((n) => readAt({ xMm: 250 * n, yMm: 1_000 }, -40))
let made = 0

/** Firmware of each setup, and the readings that count for the antenna as it is. */
function after(bodies: readonly SurveyBody[], ...changes: readonly AntennaChange[]) {
  const file = folder.survey(`s${++made}`, bodies)
  const { ledger, writer } = openSurvey(file)
  try {
    const recorded = changes.map((one) => recordChange(ledger, one))
    const { fields, fieldsNow } = ledger.project
    const setups = ledger.records.flatMap(({ body, by }) =>
      body.kind === 'setup' ? [`${by} ${body.firmware}`] : [],
    )
    return { recorded, setups, fields: fields.length, now: fieldsNow.length }
  } finally {
    writer.close()
  }
}

const opened = openingOf('survey', { lane: '出口' })

describe('a change of version', () => {
  it.each([
    ['that the survey had', '0200', ['tester 0200', 'etc-lane 0201']],
    [
      'of a survey that had not written it down',
      null,
      ['tester null', 'etc-lane 0200', 'etc-lane 0201'],
    ],
    ['of a survey that had written down another', '0199', ['tester 0199', 'etc-lane 0201']],
  ])('%s: what was read before it does not count now', (_what, firmware, setups) => {
    const bodies = [opened, analyser, setup(firmware), ...readings]
    expect(after(bodies)).toMatchObject({ fields: 3, now: 3 })
    expect(after(bodies, change)).toEqual({ recorded: [true], setups, fields: 3, now: 0 })
    // Told again, as after a restart, it is recorded once.
    expect(after(bodies, change, change).recorded).toEqual([true, false])
  })

  it.each([
    ['another lane', [openingOf('s', { lane: '入口' }), analyser, setup('0200'), ...readings]],
    ['no setup yet', [opened, analyser, ...readings]],
    ['the new version already', [opened, analyser, setup('0201'), ...readings]],
  ])('leaves a survey with %s as it is', (_what, bodies) => {
    const { setups, ...before } = after(bodies)
    expect(after(bodies, change)).toEqual({ ...before, setups, recorded: [false] })
  })
})
