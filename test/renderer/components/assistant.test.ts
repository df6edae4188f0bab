// The antenna assistant in the window: sliders change the predicted figures, objections of the clause are
// shown, a fit shows its values, and applying fills the device's difference without writing.
import { beforeEach, describe, expect, it } from 'vitest'
import type { SurveyPage } from '#survey/calls/survey-views.ts'
import { assistantView } from '#survey/pure/field/assistant.ts'
import { usualBeam } from '#survey/pure/model/antenna.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  type,
  press,
  textOf,
  pick,
  changeTo as typed,
} from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'
import { surveyPageView, surveyRecords } from '../pages/survey/survey-views-kit.ts'

const setup: SurveyBody = {
  kind: 'setup',
  profile: 'example',
  firmware: null,
  settings: { powerStep: 8 },
  heightMm: 2_600,
  downDeg: 35,
  yawDeg: 40,
  at: { xMm: -300, yMm: -800 },
}
const assistRequest = { antennaId: null, beam: usualBeam, at: null, powerStep: { min: 0, max: 31 } }
const records = surveyRecords(20, [setup])
const view = assistantView(records, { ...assistRequest, neighbours: [] })

let lot: ScriptedLot
/** Calls about the survey, without the board's requests every second. */
const asksOfSurvey = () => lot.calls.filter(({ name }) => name.startsWith('survey.')).length

beforeEach(() => {
  lot = new ScriptedLot()
  lot.answers('survey.assist', view)
})

async function open(page: SurveyPage = surveyPageView(20, [setup])): Promise<void> {
  lot.answers('survey.page', page)
  await openPage(lot, '/survey')
  await press('open')
  await press('part-assistant')
}
const slide = (id: string, value: string): Promise<void> => type(named(`slide-${id}`), value)

describe('trying an antenna out', () => {
  it('redraws the figures at once and asks the runtime nothing', async () => {
    await open()
    const [before, asks] = [textOf('zone-figures'), asksOfSurvey()]
    const eirp = textOf('eirp')
    await slide('powerStep', '14')
    expect(textOf('eirp')).not.toBe(eirp)
    expect(textOf('eirp')).toContain('24.0')
    expect(textOf('zone-figures')).not.toBe(before)
    await slide('downDeg', '60')
    await typed('heightMm', '3.25')
    expect((one(named('slide-heightMm')) as HTMLInputElement).value).toBe('3.25')
    expect(asksOfSurvey()).toBe(asks)
  })

  it('begins with what is on record, and goes back to it', async () => {
    await open()
    const down = one(named('slide-downDeg')) as HTMLInputElement
    expect(down.value).toBe('35')
    await slide('downDeg', '20')
    await press('to-recorded')
    expect(down.value).toBe('35')
  })

  it.each([
    ['heightMm', '2.45', '2.5 m'],
    ['downDeg', '40', '35°'],
    ['yawDeg', '29', '30°~45°'],
    ['powerStep', '30', '33 dBm'],
  ])('says what is against %s %s', async (id, value, said) => {
    await open()
    expect(all(named(`against-${id}`))).toHaveLength(0)
    await slide(id, value)
    expect(textOf(`against-${id}`)).toContain(said)
  })

  it.each(['', 'abc', '0.2', '99'])('refuses "%s" as a height, keeping the value', async (bad) => {
    await open()
    await typed('heightMm', bad)
    expect(one('[role="alert"]').innerText).toContain('1.5')
    expect((one(named('slide-heightMm')) as HTMLInputElement).value).toBe('2.60')
  })

  it('says what is assumed while nothing is fitted, and that nothing is on record', async () => {
    await open(surveyPageView(3))
    expect(textOf('assumed')).toContain('18 ± 10')
    expect(textOf('no-setup')).toContain('假定')
    expect((one(named('fit')) as HTMLButtonElement).disabled).toBe(true)
    await press('record-setup')
    const bodies = lot.sent('survey.add')[0]?.args['bodies'] as Record<string, unknown>[]
    expect(bodies[0]).toMatchObject({
      kind: 'setup',
      settings: { powerStep: 8 },
      heightMm: 2_500,
      downDeg: 35,
    })
  })

  it('counts the lane next door as soon as it is named', async () => {
    await open()
    expect(textOf('zone-figures')).not.toContain('邻道')
    await pick('select[name="neighbour"]', 'right')
    expect(textOf('zone-figures')).toContain('邻道')
    await press('fit')
    const places = lot.sent('survey.assist')[0]?.args['neighbours'] as { xMm: number }[]
    expect(places.length).toBeGreaterThan(3)
    expect(places.every(({ xMm }) => xMm > 3_200)).toBe(true)
  })
})

describe('a fit and its proposal', () => {
  it('shows values with how sure, what is left over, before and after', async () => {
    await open()
    await press('fit')
    expect(lot.sent('survey.assist')[0]?.args).toMatchObject({ antennaId: null, stepMax: 31 })
    expect(textOf('fitted')).toContain('±')
    expect(textOf('residual')).toContain(view.fit.residualRmsDb.toFixed(1))
    expect(all(named('assumed'))).toHaveLength(0)
    expect(all(named('before'))).toHaveLength(1)
    expect(all(named('after'))).toHaveLength(1)
    // The window draws the fitted field itself, and its score must be the runtime's.
    const drawn = Number(
      /(\d+) \/ 100/.exec(one(`${named('before')} ${named('score')}`).innerText)?.[1],
    )
    expect(Math.abs(drawn - view.now.expected.containment)).toBeLessThan(6)
  })

  it('leads to the difference on the device page, with nothing written', async () => {
    await open()
    await press('fit')
    expect(view.changes.map(({ setting }) => setting)).toContain('powerStep')
    await press('apply')
    await settle()
    expect(textOf('proposed')).toContain('演示停车场')
    const wanted = Object.fromEntries(view.changes.map((one) => [one.setting, one.new]))
    expect(lot.sent('device.diff').at(-1)?.args['wanted']).toEqual(wanted)
    expect(all('.el-dialog')).toHaveLength(1)
    expect(lot.sent('device.apply')).toHaveLength(0)
  })

  it('keeps the words of a refused fit', async () => {
    lot.refuses('survey.assist', 'SURVEY-10', { value: '4' })
    await open()
    await press('fit')
    expect(document.body.innerText).toContain('SURVEY-10')
    expect(all(named('fitted'))).toHaveLength(0)
  })
})
