// The work order: what is done, open, failed and left out; each step links to its page, and leaving a row out
// needs a reason and stays incomplete.
import { beforeEach, describe, expect, it } from 'vitest'
import { surveyItems } from '#survey/pure/items/index.ts'
import { all, named, one, openPage, press, submit } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { surveyPageView } from '../survey/survey-views-kit.ts'

let lot: ScriptedLot
const textOf = (step: string): string => one(named(`step-${step}`)).innerText
const deviation = (item: 'D6') =>
  ({ kind: 'deviation', item, text: '邻道未建成', area: null }) as const

beforeEach(() => void (lot = new ScriptedLot()))
const open = (): Promise<unknown> => openPage(lot, '/survey/order')

describe('the work order', () => {
  it('has site, rules, devices, fifteen rows, tests and report, each with its state', async () => {
    await open()
    expect(textOf('site')).toContain('✓ 完成')
    expect(textOf('rule-rsu')).toContain('7.1.1 b')
    expect(textOf('device-camera')).toMatch(/有应答/)
    expect(all(`${named('group-survey')} [data-test^="step-D"]`)).toHaveLength(surveyItems.length)
    // The survey is older than the needed area, so it has no verdict for it.
    expect(textOf('D5')).toContain('○ 未完')
    expect(textOf('D6')).toContain('○ 未完')
    expect(textOf('D13')).toContain('✓ 完成')
    expect(textOf('passport')).toContain('✗ 不通过')
    expect(textOf('first-car')).toContain('✓ 完成')
    expect(textOf('report')).toContain('○ 未完')
  })

  it('says that a silent device is not in order, and one that is not there is open', async () => {
    const { board } = lot
    const lanes = board.lanes.map((lane) => {
      const camera = { ...lane.devices.camera, state: 'down' as const }
      const display = { ...lane.devices.display, state: 'off' as const, link: '' }
      const rsu = { ...lane.devices.rsu, state: 'off' as const }
      return { ...lane, devices: { ...lane.devices, camera, display, rsu } }
    })
    lot.board = { ...board, lanes }
    await open()
    expect(textOf('device-camera')).toContain('✗ 不通过')
    expect(textOf('rule-display')).toContain('○ 未完')
    // The device is set up, and has not been heard yet.
    expect(textOf('rule-rsu')).toContain('✓ 完成')
    expect(textOf('device-rsu')).toContain('○ 未完')
    expect(document.querySelector(named('step-device-display'))).toBeNull()
  })

  it('leaves a row out with a reason alone, and it stays incomplete', async () => {
    await open()
    await press('skip-D6')
    const form = one('form.skip')
    const field = one('input[name="reason"]') as HTMLInputElement
    await submit(form)
    expect(lot.sent('survey.add')).toEqual([])
    field.value = ' 邻道未建成 '
    field.dispatchEvent(new Event('input'))
    const page = surveyPageView(230, [deviation('D6')])
    lot.answers('survey.add', page)
    await submit(form)
    expect(lot.sent('survey.add')[0]?.args['bodies']).toEqual([deviation('D6')])
    expect(textOf('D6')).toContain('▲ 跳过')
    expect(textOf('D6')).toContain('邻道未建成')
    expect(page.items[5]?.verdict).toBe('incomplete')
    expect(one(named('counts')).innerText).toContain('跳过 1 步')
  })

  it('goes on with the first open step by Enter, at its page', async () => {
    await open()
    expect(document.activeElement).toBe(one(named('next-step')))
    await press('next-step')
    expect(lot.sent('survey.page').length).toBeGreaterThan(1)
    expect(document.querySelector(named('order'))).toBeNull()
    expect(one(named('part-checks')).getAttribute('aria-pressed')).toBe('true')
  })

  it('of a workbench says that there is no lot, and asks nothing of one', async () => {
    const { status } = lot.board
    lot.board = { ...lot.board, status: { ...status, mode: 'workbench' } }
    await open()
    // A workbench begins with its devices; a page opened before the mode was known is kept.
    expect(textOf('site')).toContain('没有停车场')
    expect(textOf('rules')).toContain('○ 未完')
    expect(lot.sent('rules.get')).toEqual([])
  })
})
