// The start page in the window: shown where nothing was chosen, in both languages, one press each.
// Behind it there is no frame, and nothing that could ask a runtime.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { App as VueApp } from 'vue'
import type { StartAnswer } from '../../firmware-runtime/api/start.ts'
import { i18n } from '../../renderer/i18n/index.ts'
import { all, named, one, openPage, settle } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

let lot: ScriptedLot
let app: VueApp
let requestedCalls: string[]
let answer: StartAnswer

beforeEach(async () => {
  requestedCalls = []
  answer = { state: 'begun', dir: '' }
  const choose = (what: string, dir = ''): Promise<StartAnswer> => {
    requestedCalls.push(`${what}${dir}`)
    return Promise.resolve(answer)
  }
  const known = () => Promise.resolve([{ dir: '/lots/east', name: '城东停车场' }])
  vi.stubGlobal('start', { choose, known })
  lot = new ScriptedLot()
  const fault = { message: '', means: '', todo: '', field: '', value: '' }
  lot.replies.set('board.get', { ok: false, error: { code: 'START-01', ...fault } })
  vi.spyOn(lot, 'subscribe').mockReturnValue(() => undefined)
  app = await openPage(lot, '/lane')
})
afterEach(() => {
  app.unmount()
  vi.unstubAllGlobals()
})

it('offers what works, with the focus on what touches nothing', async () => {
  expect(all('.start .row strong').map((row) => row.innerText)).toEqual([
    '开通一个停车场',
    '连接一台设备',
    '打开已有停车场',
    '看演示',
    '打开 城东停车场',
    '修改 城东停车场',
  ])
  expect(all('.top, .nav, footer')).toEqual([])
  expect(document.activeElement).toBe(one(named('start-demo')))
  i18n.global.locale.value = 'en'
  await settle()
  expect(one(named('start-demo')).innerText).toContain('See the demo')
})

it('one press begins, and the frame comes with the first picture', async () => {
  lot.replies.delete('board.get')
  one(named('start-demo')).click()
  await settle()
  expect(requestedCalls).toEqual(['demo'])
  expect(all('.top')).toHaveLength(1)
})

it('a folder without a car park is named and nothing begins', async () => {
  answer = { state: 'noLot', dir: '/media/owner/documents' }
  one(named('start-open')).click()
  await settle()
  expect(one(named('no-lot')).innerText).toContain('/media/owner/documents')
  expect(all(named('start-open'))).toHaveLength(1)
})

it('a car park of this machine is one press away', async () => {
  one(named('start-known')).click()
  await settle()
  expect(requestedCalls).toEqual(['open/lots/east'])
})
