// The survey page in the window: a point is taken once, a wrong figure is not sent, undo and choosing.
// Everything shown is what the runtime answered.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { App as VueApp } from 'vue'
import { gridPoints, parkingGrid } from '../../firmware-runtime/core/survey/grid.ts'
import { surveyItems } from '../../firmware-runtime/core/survey/items/index.ts'
import { all, named, one, openPage, settle, type } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'
import { surveyPageView } from './survey-views-kit.ts'

let lot: ScriptedLot
let app: VueApp | null = null
const sent = (name: string) => lot.calls.filter((call) => call.name === name)
const level = `input${named('level')}`

beforeEach(() => {
  lot = new ScriptedLot()
})
afterEach(() => app?.unmount())

async function open(): Promise<void> {
  app = await openPage(lot, '/survey')
  one(named('open')).click()
  await settle()
}
async function key(name: string): Promise<void> {
  one(level).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
  await settle()
}

describe('the walk', () => {
  it('takes a point with the level that was typed, at the place that is shown', async () => {
    await open()
    const next = surveyPageView().next
    await type(level, '-43.2')
    await key(' ')
    const [call] = sent('survey.add')
    const bodies = call?.args['bodies'] as Record<string, unknown>[]
    expect(bodies.at(-1)).toMatchObject({
      ...{ kind: 'field', xMm: next?.xMm, yMm: next?.yMm, zMm: 1_000, levelsDbm: [-43.2] },
    })
    // The source of typed figures is on record before the first of them.
    expect(bodies[0]).toMatchObject({ kind: 'instrument', instrumentId: 'typed', simulated: false })
  })

  it.each(['', 'abc', '--40', '-43,2', '1e2', '-1000'])('sends nothing for "%s"', async (text) => {
    await open()
    await type(level, text)
    await key('Enter')
    expect(sent('survey.add')).toHaveLength(0)
    expect(one('[role="alert"]').innerText).toContain('-43.2')
  })

  it('takes back with Backspace only when nothing is typed', async () => {
    await open()
    await type(level, '-4')
    await key('Backspace')
    expect(sent('survey.undo')).toHaveLength(0)
    await type(level, '')
    await key('Backspace')
    expect(sent('survey.undo')).toHaveLength(1)
  })

  it('takes the point that was chosen in the picture', async () => {
    await open()
    const cells = all(`${named('heat-map')} g`)
    expect(cells).toHaveLength(gridPoints(parkingGrid).length)
    cells.at(-1)?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await settle()
    await type(level, '-60')
    await key('Enter')
    const last = gridPoints(parkingGrid).at(-1)
    const bodies = sent('survey.add')[0]?.args['bodies'] as Record<string, unknown>[]
    expect(bodies.at(-1)).toMatchObject({ xMm: last?.xMm, yMm: last?.yMm, levelsDbm: [-60] })
  })

  it('says so when all points are taken', async () => {
    const all302 = surveyPageView(gridPoints(parkingGrid).length)
    lot.replies.set('survey.page', { ok: true, data: all302 })
    await open()
    expect(document.body.innerText).toContain('全部测点已完成')
    expect(document.querySelector(level)).toBeNull()
  })
})

describe('the rest of the page', () => {
  it('records an answer to a question at once', async () => {
    await open()
    one(named('part-checks')).click()
    await settle()
    one(named('answer-D4-approval-no')).click()
    await settle()
    const bodies = sent('survey.add')[0]?.args['bodies']
    expect(bodies).toEqual([
      { kind: 'check', item: 'D4', part: 'approval', answer: 'no', remark: '', photos: [] },
    ])
  })

  it('shows the fifteen rows with their verdicts', async () => {
    await open()
    one(named('part-results')).click()
    await settle()
    const rows = all(`${named('results')} tbody tr`).map((row) => row.innerText)
    expect(rows).toHaveLength(surveyItems.length)
    expect(rows[4]).toContain('✗')
    expect(rows[12]).toContain('不适用')
  })

  it('names lost records, and what became of a refused act', async () => {
    lot.replies.set('survey.page', {
      ok: true,
      data: { ...surveyPageView(), whole: false, lost: [7], broken: [9] },
    })
    await open()
    expect(one('[role="alert"]').innerText).toContain('7, 9')
    const error = { code: 'SURVEY-02', message: '', means: '', todo: '', field: '', value: '7' }
    lot.replies.set('survey.add', { ok: false, error })
    await type(level, '-40')
    await key('Enter')
    expect(document.body.innerText).toContain('SURVEY-02')
  })
})
