// OBU tries in the window: each required place, entered by keyboard, judged by the runtime's answer.
// Impossible values are not sent, and the form says why.
import { beforeEach, describe, expect, it } from 'vitest'
import { projectOf } from '#survey/pure/file/project.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { insidePlaces, ringPlaces } from '#survey/pure/field/obu-tries.ts'
import { surveyPage } from '#survey/pure/file/survey-page.ts'
import { recordsOf, startMs } from '../../../firmware-runtime/survey/pure/records.ts'
import {
  boxField,
  openedBody,
  wholeField,
} from '../../../firmware-runtime/survey/pure/whole-field.ts'
import { all, named, one, openPage, type, wordOf, press, textOf, click } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { surveyPageView } from './survey-views-kit.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))

/** Levels within the guard band, where transactions decide. */
const marginal = wholeField(boxField(-44, -46))
const tried = (obuId: string, at: { xMm: number; yMm: number }, good: number): SurveyBody => ({
  kind: 'obuTries',
  xMm: at.xMm,
  yMm: at.yMm,
  zMm: 1_000,
  obuId,
  tries: 5,
  good,
})
const pageOf = (more: readonly SurveyBody[]) =>
  surveyPage({
    name: '20260302-090000000',
    createdAtMs: startMs,
    lost: [],
    broken: [],
    records: recordsOf([...marginal, ...more]),
  })
async function open(more: readonly SurveyBody[] = []): Promise<void> {
  lot.answers('survey.page', pageOf(more))
  await openPage(lot, '/survey')
  await press('open')
  await press('part-measure')
  await press('measure-obu')
}
const radios = () => all('input[name="obu-place"]') as HTMLInputElement[]
const inside = insidePlaces(openedBody)
const ring = ringPlaces(openedBody)
const record = async (): Promise<void> => {
  await press('obu-record')
}

describe('OBU tries', () => {
  it('are entered place by place with the figures that were typed', async () => {
    await open()
    expect(all(named('obu-place'))).toHaveLength(inside.length + ring.length)
    expect(textOf('obu-row5')).toContain('临界')
    await type('input[name="obu-id"]', ' A1B2C3D4 ')
    await type('input[name="obu-good"]', '5')
    const after = pageOf([tried('A1B2C3D4', inside[0] ?? { xMm: 0, yMm: 0 }, 5)])
    lot.answers('survey.add', after)
    await record()
    expect(lot.sent('survey.add')[0]?.args['bodies']).toEqual([
      { ...tried('A1B2C3D4', inside[0] ?? { xMm: 0, yMm: 0 }, 5) },
    ])
    expect(all(named('obu-place'))[0]?.innerText).toContain('A1B2C3D4 5 / 5')
    // Goes to the next open place and asks only for the next figure.
    expect((one('input[name="obu-good"]') as HTMLInputElement).value).toBe('')
    const at = radios().findIndex(({ checked }) => checked)
    expect(at).toBe(1)
    await press('obu-undo')
    expect(lot.sent('survey.undo')).toHaveLength(1)
  })

  it.each([
    ['no OBU', '', '5', '5', 'OBU 号'],
    ['no tries', 'A1', '0', '0', '1 到 1000'],
    ['more good ones than tries', 'A1', '5', '6', '成功次数'],
    ['half a try', 'A1', '5', '2.5', '成功次数'],
    ['nothing', 'A1', '5', '', '成功次数'],
  ])('with %s are not sent', async (_what, id, tries, good, said) => {
    await open()
    await type('input[name="obu-id"]', id)
    await type('input[name="obu-count"]', tries)
    await type('input[name="obu-good"]', good)
    await record()
    expect(lot.sent('survey.add')).toEqual([])
    expect(one('form [role="alert"]').innerText).toContain(said)
  })

  it('at another place need one, and are sent with it', async () => {
    await open()
    await type('input[name="obu-id"]', 'A1')
    await type('input[name="obu-good"]', '0')
    await click(radios().at(-1))
    await record()
    expect(lot.sent('survey.add')).toEqual([])
    await type('input[name="obu-x"]', '1.60')
    await type('input[name="obu-y"]', '-1.5')
    await record()
    expect(lot.sent('survey.add')[0]?.args['bodies']).toMatchObject([{ xMm: 1_600, yMm: -1_500 }])
  })

  it('decide a marginal row where all is there, and say so', async () => {
    const whole = ['A1', 'A2', 'A3'].flatMap((id) => [
      ...inside.map((at) => tried(id, at, 5)),
      ...ring.map((at) => tried(id, at, 0)),
    ])
    expect(projectOf(recordsOf([...marginal, ...whole])).obuTries).toHaveLength(39)
    await open(whole)
    expect(textOf('obu-row5')).toContain('符合')
    expect(textOf('obu-words')).toContain('OBU 交易符合')
  })

  it('of a survey without a needed area are not asked, and it says why', async () => {
    lot.answers('survey.page', surveyPageView())
    await openPage(lot, '/survey')
    await press('open')
    await press('part-measure')
    await press('measure-obu')
    expect(document.body.innerText).toContain(wordOf('obuTries.none'))
  })
})
