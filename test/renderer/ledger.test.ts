// The ledger in the window while answers are under way: rows are of what was searched last, further pages
// are of the same, and each page comes once.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { App as VueApp } from 'vue'
import { all, named, one, openPage, settle, type } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

let lot: ScriptedLot
let app: VueApp
const searches = () =>
  lot.calls.filter(({ name }) => name === 'ledger.query').map(({ args }) => args)
const page = (stayId: string, next: string | null) => ({
  ok: true as const,
  data: { rows: [{ stayId, plate: '测A10001' }], next },
})
const rowCount = (): number => all(`${named('ledger-rows')} tbody tr`).length

/** Answers of searches wait until the function is called. */
function later(): () => void {
  let answer = (): void => undefined
  lot.waits.set('ledger.query', new Promise((done) => (answer = done)))
  return () => {
    lot.waits.clear()
    answer()
  }
}

beforeEach(async () => {
  lot = new ScriptedLot()
  lot.replies.set('ledger.query', page('n1-S1', '2'))
  app = await openPage(lot, '/ledger')
})
afterEach(() => app.unmount())

it('a further page is of what was searched, not of what was typed since, and comes once', async () => {
  await type('input[name="plate"]', '测B2')
  lot.replies.set('ledger.query', page('n1-S2', null))
  const answer = later()
  one(named('more')).click()
  one(named('more')).click()
  answer()
  await settle()
  expect(searches().slice(1)).toEqual([{ kind: 'stay', limit: 100, after: '2' }])
  expect(rowCount()).toBe(2)
})

it('rows of the kind before are not shown under the one that was chosen', async () => {
  const answer = later()
  window.dispatchEvent(new Event('studio-refresh'))
  lot.waits.clear()
  lot.replies.set('ledger.query', { ok: true, data: { rows: [], next: null } })
  all('.kinds button').at(-1)?.click()
  await settle()
  expect(rowCount()).toBe(0)
  answer()
  await settle()
  expect(rowCount()).toBe(0)
})
