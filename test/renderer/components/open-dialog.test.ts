// Opening by hand on a scripted lot: the dialog waits for the board and the boom, and names what is unknown.
// A try with a known outcome is over: the next one is a new act.
import { beforeEach, expect, it } from 'vitest'
import { one, openPage, submit, faultWhat, wordOf, sayWho, hit } from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

let lot: ScriptedLot

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/lane')
})

it('a dead board: the dialog stays, says what is not known, and the next try is a new act', async () => {
  await hit('F8')
  await sayWho('值班员甲')
  const data = { repeated: false, position: 'unknown', tookMs: 10_000 }
  const dead = { ...data, ok: false, result: 'failed', answered: false, code: 'BOOM-02' }
  lot.answers('lane.open', dead)
  await submit()
  expect(one('form.act .fault').textContent).toContain(faultWhat('BOOM-02'))
  expect(one('form.act .fault').textContent).toContain('BOOM-02')
  expect(one('[data-test="open-end"]').textContent).toContain('控制板：没有应答')
  expect(one('form.act [data-test="do"]').textContent).toContain(wordOf('act.openAgain'))
  const done = { ...data, ok: true, result: 'done', answered: true, position: 'open', code: null }
  lot.answers('lane.open', done)
  await submit()
  expect(new Set(lot.sent('lane.open').map((call) => call.args['commandId'])).size).toBe(2)
})
