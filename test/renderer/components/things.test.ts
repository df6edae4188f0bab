// One page a thing: what is chosen on a page is in its address, and the address leads there again. Every row of a list leads
// to its thing; a press on what stands in the row does not.
import { beforeEach, describe, expect, it } from 'vitest'
import type { App as VueApp } from 'vue'
import { useLayers } from '#renderer/kit/state/layers-store.ts'
import { all, click, hit, named, one, openPage, press, settle, textOf, type } from '../kit/page.ts'
import { closePage } from '../kit/opened-page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

let lot: ScriptedLot
let app: VueApp
const open = async (path: string): Promise<void> => {
  closePage()
  app = await openPage(lot, path)
  await settle()
}
const path = (): string => app.config.globalProperties.$route.path as string
beforeEach(() => {
  lot = new ScriptedLot()
})

describe('a device', () => {
  it.each([
    ['rsu', ['device', 'devices', 'frames', 'tune', 'safety']],
    ['barrier', ['device', 'frames', 'safety']],
    ['camera', ['device', 'frames']],
    ['display', ['device', 'frames']],
  ])('%s has its state and the tabs of its kind', async (kind, tabs) => {
    await open(`/gear/exit/${kind}`)
    expect(one('h1').innerText).toMatch(/^出口 1 · /)
    expect(all(`${named('device-parts')} a`).map((tab) => tab.dataset['test'])).toEqual(
      tabs.map((id) => `part-${id}`),
    )
    expect(one(`${named('device')} .state`).innerText).toMatch(/\d+ 秒前有应答/)
  })

  it('shows what the car park sets for it, and who set it', async () => {
    await open('/gear/exit/barrier')
    const texts = all(`${named('device')} tbody tr`).map((row) => row.innerText)
    const rows = texts.filter((text) => text.includes('lot.json'))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatch(/道闸.*192\.168\.1\.30.*lot\.json/s)
    expect(lot.sent('lot.believed').at(-1)?.args).toEqual({ laneId: 'exit' })
    await open('/gear/entry/barrier')
    expect(lot.sent('lot.believed').at(-1)?.args).toEqual({ laneId: 'entry' })
    expect(all(`${named('device')} tbody tr`)).toHaveLength(0)
  })

  it('keeps its lane from tab to tab, and the side bar stays at all devices', async () => {
    await open('/gear/exit/rsu')
    for (const id of ['devices', 'tune', 'frames', 'safety', 'device']) {
      await press(`part-${id}`)
      expect(path(), id).toMatch(/\/exit(\/rsu)?$/)
      expect(one(named(`part-${id}`)).getAttribute('aria-current'), id).toBe('page')
      expect(one(named('page-gear')).getAttribute('aria-current'), id).toBe('page')
    }
  })

  it.each(['/gear/exit/teapot', '/gear/nowhere/rsu'])(
    '%s is not there, and says so',
    async (to) => {
      await open(to)
      expect(document.body.innerText).toContain('这条车道没有这种设备')
      expect(all(named('device'))).toHaveLength(0)
    },
  )

  it('another lane of a part is another address', async () => {
    await open('/devices/safety/exit')
    const [first] = all('.lanes .button')
    await click(first)
    expect(path()).toBe('/devices/safety/entry')
  })
})

describe('a row of a list', () => {
  const shown = (): string => textOf('thing')
  it('is chosen by a press, named by the address, and left by the way back', async () => {
    await open('/members')
    expect(all(named('thing'))).toHaveLength(0)
    await click(all('tbody tr')[1])
    expect(path()).toBe('/members/M-2')
    expect(shown()).toContain('李四')
    await press('close-thing')
    expect([path(), all(named('thing')).length]).toEqual(['/members', 0])
  })

  it('is not chosen by a press on one of its buttons', async () => {
    await open('/members')
    await press('renew-M-1')
    expect(path()).toBe('/members')
  })

  it.each(['/members/M-9', '/members/M%2F1'])('%s that is not in it shows the list', async (to) => {
    await open(to)
    expect([all(named('thing')).length, all('tbody tr').length]).toEqual([
      0,
      lot.members.rows.length,
    ])
  })

  it('of the cars inside leads to the car', async () => {
    await open('/inside')
    await click(all('tbody tr')[0])
    expect(path()).toMatch(/^\/ledger\/.+/)
  })

  it('of the uploads is the record, with the way to its car', async () => {
    await open('/queue')
    await click(all('tbody tr')[0])
    expect(path()).toMatch(/^\/queue\/.+/)
    await press('to-car')
    expect(path()).toMatch(/^\/ledger\/.+/)
  })

  it('of the devices leads to the device', async () => {
    await open('/gear')
    await click(all('tbody tr')[0])
    expect(path()).toMatch(/^\/gear\/entry\/camera$/)
  })
})

it('a person has an address, and the way to what that person did', async () => {
  const one = { id: 'p2', name: '李四', role: 'attendant', lockedForSec: 0, isBarred: false }
  const secretAtIso = '2026-01-01T08:00:00.000+08:00'
  const rows = [{ ...one, mustChange: false, secretAtIso, changed: null }]
  lot.answers('people.list', { rows, gone: [] })
  await open('/people')
  await click(all('tbody tr')[0])
  expect(path()).toBe('/people/p2')
  await press('did-event')
  await settle()
  expect(lot.sent('ledger.query').at(-1)?.args).toMatchObject({ kind: 'event', by: '李四' })
})

it('a day and a lane are in the address', async () => {
  await open('/day/2026-03-14')
  expect(lot.sent('day.get').at(-1)?.args).toEqual({ day: '2026-03-14' })
  await press('today')
  expect(path()).toBe('/day')
  await open('/lane/entry')
  expect(one('.main h2').innerText).toContain('入口')
})

it('the lane of the address is shown again after another one was chosen by other means', async () => {
  await open('/lane/entry')
  useLayers().chosen = 'exit'
  await settle()
  expect([path(), one('.main h2').innerText]).toEqual(['/lane/exit', '出口 1'])
  await press('lane-entry')
  expect([path(), one('.main h2').innerText]).toEqual(['/lane/entry', '入口 1'])
})

describe('an address', () => {
  it.each([
    ['/gear/exit/rsu', 1],
    ['/members/M-1', 1],
    ['/nothing/at/all', 0],
    ['gear', 0],
  ])('%s pasted into the search is found %i times', async (address, count) => {
    await open('/system')
    await hit('Ctrl+k')
    await type('[role="combobox"]', address)
    const found = all('#palette-rows li').filter((row) =>
      row.innerText.includes(`打开地址 ${address}`),
    )
    expect(found).toHaveLength(count)
    if (count === 0) return
    await click(found[0])
    expect(path()).toBe(address)
  })

  it('is copied from the page of a thing, and a page without one has no button', async () => {
    await open('/gear/exit/rsu')
    expect(all(named('copy-address'))).toHaveLength(1)
    await open('/gear')
    expect(all(named('copy-address'))).toHaveLength(0)
  })
})
