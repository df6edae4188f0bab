// What a lane ran on at a time: who wrote it, what differs now and who changed that, and a time before any
// version. A car's page links to the lane and time of that car.
import { expect, it } from 'vitest'
import { beliefView } from './belief-view.ts'
import { all, named, one, openPage, settle, wordOf, press, textOf, click } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { timeline } from '../timeline/timeline-view.ts'
import { closePage } from '../../kit/opened-page.ts'

let lot: ScriptedLot

async function open(path: string): Promise<void> {
  lot = new ScriptedLot()
  await openPage(lot, path)
}
const asked = () => lot.sent('lot.believed').at(-1)?.args

it('each value that is otherwise now stands with who changed it, a person or a file', async () => {
  await open('/belief')
  expect(textOf('version')).toMatch(/王师傅.*2026-01-02.*开通/s)
  const rows = all(`${named('otherwise')} tbody tr`).map((row) => row.innerText)
  expect(rows[0]).toMatch(/车位数.*60.*80.*李师傅.*扩建/s)
  expect(rows[1]).toMatch(/道闸.*没有.*直接改了文件 lot\.json/s)
  expect(textOf('settings')).toContain('车位数')
})

it('another lane and another time are another question', async () => {
  await open('/belief')
  const [, second] = lot.board.lanes
  const lane = one('[name="lane"]') as HTMLSelectElement
  lane.value = second?.laneId ?? ''
  lane.dispatchEvent(new Event('change'))
  const at = one('[name="at"]') as HTMLInputElement
  at.value = '2026-01-06T14:03'
  at.dispatchEvent(new Event('change'))
  await settle()
  expect(asked()).toEqual({ at: '2026-01-06T14:03:59.999+08:00', laneId: second?.laneId })
})

it('the same as now, nothing kept by then, and a file that no start has read yet', async () => {
  lot = new ScriptedLot()
  const reply = (view: ReturnType<typeof beliefView>) => lot.answers('lot.believed', view)
  const { changes } = beliefView()
  reply(beliefView({ changes: [] }))
  await openPage(lot, '/belief')
  expect(textOf('belief')).toContain(wordOf('belief.same'))
  closePage()
  reply(beliefView({ version: null, settings: [], changes: [] }))
  await openPage(lot, '/belief')
  expect(textOf('none')).toContain(wordOf('belief.none'))
  closePage()
  reply(beliefView({ changes: changes.map((change) => ({ ...change, since: null })) }))
  await openPage(lot, '/belief')
  expect(textOf('otherwise')).toContain(wordOf('belief.unkept'))
})

it('the page of a car leads to its lane and its time', async () => {
  await open('/ledger/s1')
  const link = one(named('to-belief'))
  await click(link)
  const at = asked()?.['at']
  const last = timeline.rows.findLast(({ laneId }) => laneId !== null)
  expect(asked()).toEqual({ at: last?.atIso, laneId: last?.laneId })
  expect((one('[name="at"]') as HTMLInputElement).value).toBe(
    String(at).slice(0, 16).replace('T', ' '),
  )
})

it('the system page saves the hand-over of a lot that runs', async () => {
  await open('/system')
  await press('handover')
  expect(lot.sent('lot.handover')[0]?.args).toEqual({ language: 'zh' })
  expect(textOf('handover-part')).toContain('lot.pdf')
})
