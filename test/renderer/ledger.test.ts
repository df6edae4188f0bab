// The ledger in the window: found by plate, empty or at fault, and while answers are under way: rows are of
// what was searched last, further pages are of the same, and each page comes once.
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

it('finds by plate, without the dot and in capitals', async () => {
  await type('input[name="plate"]', '测a·12345')
  one('form.search').dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
  expect(searches().at(-1)).toEqual({ kind: 'stay', limit: 100, plate: '测A12345' })
})

it('explains an empty ledger, and a fault instead of an emptiness', async () => {
  lot.replies.set('ledger.query', { ok: true, data: { rows: [], next: null } })
  window.dispatchEvent(new Event('studio-refresh'))
  await settle()
  expect(document.body.textContent).toContain('账本里还没有停车记录')
  const error = { code: 'DATA-02', message: '', means: '', todo: '', field: '', value: '' }
  lot.replies.set('ledger.query', { ok: false, error })
  window.dispatchEvent(new Event('studio-refresh'))
  await settle()
  expect(one('.fault').textContent).toContain('磁盘已满')
  expect(document.body.textContent).not.toContain('账本里还没有停车记录')
})
