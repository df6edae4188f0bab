// The centre of many lots on the page of the system: digits while a person compares them, the rows still to come, what
// keeps them, and a new request by a person.
import { beforeEach, expect, it } from 'vitest'
import { noCentre, type CentreView } from '#ledger/calls/centre-views.ts'
import { faults } from '#base/pure/faults/faults.ts'
import { named, one, openPage, settle, textOf, wordOf } from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

let lot: ScriptedLot
beforeEach(() => {
  lot = new ScriptedLot()
})
const joined: CentreView = {
  ...noCentre,
  url: 'https://centre.example.com:8443',
  state: 'joined',
  lastSeq: 12_400,
  reachedSeq: 12_400,
  heardAtIso: '2026-03-02T08:00:00.000+08:00',
  untilIso: '2028-03-02T08:00:00.000+08:00',
}
async function open(view: CentreView): Promise<void> {
  lot.answers('centre.state', view)
  await openPage(lot, '/system')
  await settle()
}

it('shows nothing in a lot without a centre', async () => {
  await open(noCentre)
  expect(document.querySelector(named('centre'))).toBeNull()
})

it('shows six digits as long as a person has to compare them', async () => {
  await open({ ...joined, state: 'pending', digits: '004217', untilIso: null })
  expect(textOf('digits')).toBe('004217')
  expect(textOf('centre')).toContain(wordOf('centre.compare'))
  await open(joined)
  expect(document.querySelector(named('digits'))).toBeNull()
})

it.each([
  [0, '全部已在运营中心'],
  [1, '还有 1 条没有发到'],
  [12_400, '还有 12400 条没有发到'],
])('%i rows to come', async (backlog, words) => {
  await open({ ...joined, backlog })
  expect(textOf('backlog')).toBe(words)
})

it('says when the centre took the last heartbeat', async () => {
  await open({ ...joined, beatAtIso: '2026-03-02T08:01:30.000+08:00' })
  expect(textOf('beat')).toContain('08:01')
  await open(joined)
  expect(document.querySelector(named('beat'))).toBeNull()
})

it.each(['ROWS-01', 'ROWS-04', 'ROWS-05'] as const)('says what %s means', async (code) => {
  const { what } = faults[code]
  const note = { zh: '说明', en: 'note' }
  await open({ ...joined, backlog: 3, fault: { code, what, note, needsPerson: true } })
  expect(textOf('centre')).toContain(what.zh)
  expect(textOf('centre')).toContain('说明')
})

it('asks again by a person, with a reason', async () => {
  await open({ ...joined, state: 'refused' })
  one(named('pair-again')).click()
  await settle()
  expect(document.querySelector('.el-dialog')?.textContent).toContain('重新申请配对')
})
