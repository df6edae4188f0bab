// Opening by hand on a scripted lot: the dialog waits for the board and the boom, and names what is unknown.
// A try with a known outcome is over: the next one is a new act.
import { beforeEach, expect, it } from 'vitest'
import { choose, one, openPage, settle, submit, type, faultWhat, wordOf } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

let lot: ScriptedLot

async function press(key: string): Promise<void> {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
  await settle()
}

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/lane')
})

it('a dead board: the dialog stays, says what is not known, and the next try is a new act', async () => {
  await press('F8')
  await choose('input[name="reason"]')
  await type('input[name="by"]', '值班员甲')
  const data = { repeated: false, position: 'unknown', tookMs: 10_000 }
  const dead = { ...data, ok: false, result: 'failed', answered: false, code: 'BOOM-02' }
  lot.replies.set('lane.open', { ok: true, data: dead })
  await submit()
  expect(one('form.act .fault').textContent).toContain(faultWhat('BOOM-02'))
  expect(one('form.act .fault').textContent).toContain('BOOM-02')
  expect(one('[data-test="open-end"]').textContent).toContain('控制板：没有应答')
  expect(one('form.act [data-test="do"]').textContent).toContain(wordOf('act.openAgain'))
  const done = { ...data, ok: true, result: 'done', answered: true, position: 'open', code: null }
  lot.replies.set('lane.open', { ok: true, data: done })
  await submit()
  expect(new Set(lot.sent('lane.open').map((call) => call.args['commandId'])).size).toBe(2)
})
