// Each of the five drawings of 7.1 through the set-up in the window: its two lanes are chosen, their devices typed
// where the page asks for them, and the result is a lot of that layout. The runtime opens these in test/wire.
import { beforeEach, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { layoutNames } from '#lane/pure/layouts/index.ts'
import { present } from '#base/pure/values/must.ts'
import {
  layoutDraft,
  linksOf,
  ways,
} from '../../../firmware-runtime/lane/desk/setup/layout-draft.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { all, named, one, openPage, settle, type, press, pick, submit } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { setupBoard } from './setup-views-kit.ts'

const host = '192.168.1.20'
const intake = { host: '192.168.1.10', port: 18_080, cameras: ['192.168.1.50'] }

let ports: MemoryPorts

const noLanes = { ...wholeDraft, lot: { ...wholeDraft.lot, lanes: [] }, devices: undefined }

beforeEach(async () => {
  ports = new MemoryPorts(noLanes)
  ports.cards = () => [{ name: 'eth0', address: intake.host, prefix: 24, loopback: false }]
  const lot = new ScriptedLot()
  lot.board = setupBoard
  lot.setup = new SetupService(ports)
  await openPage(lot, '/setup')
})

async function set(name: string, text: string): Promise<void> {
  await type(`[name="${name}"]`, text)
  one(`[name="${name}"]`).dispatchEvent(new Event('change', { bubbles: true }))
  await settle()
}
const stateOf = (row: string): string => one(`${named(`row-${row}`)} .state`).innerText

it('there are five drawings, each with an entry and an exit', async () => {
  await press('row-lot')
  const drawn = all('.layouts [data-test^="add-"]').map((add) => add.getAttribute('data-test'))
  expect(drawn).toEqual(layoutNames.flatMap((layout) => ways.map((way) => `add-${layout}-${way}`)))
  expect(layoutNames).toEqual(['7.1.1', '7.1.2', '7.1.3', '7.1.4', '7.1.5'])
})

it.each(layoutNames)('%s: pressed, typed, written', async (layout) => {
  await press('row-lot')
  for (const way of ways) await press(`add-${layout}-${way}`)
  expect(stateOf('lot')).toContain('已填')
  await press('row-devices')
  for (const way of ways) {
    await pick(`[name="${way}-how"]`, 'push:hikvision')
    const wanted = linksOf(layout, way, host)
    // The page asks for exactly these devices.
    const asked = ['rsu', 'barrier', 'display'].filter(
      (kind) => all(`[name="${way}-${kind}"]`).length > 0,
    )
    expect(asked.toSorted()).toEqual(wanted.map(({ kind }) => kind).toSorted())
    for (const { kind, link } of wanted) await set(`${way}-${kind}`, link)
  }
  await set('cameras', intake.cameras.join(' '))
  expect(stateOf('devices')).toContain('已填')
  const { lot, devices } = layoutDraft(layout, { host, intake })
  expect(ports.draft.read()).toMatchObject({ lot, devices })
  await press('look')
  await type('[name="by"]', '王师傅')
  await submit(one('form'))
  const { config } = present(ports.files[0], 'what was written')
  expect(checkLot(JSON.parse(JSON.stringify(config)), 'lot.json').lanes).toMatchObject(
    ways.map((way) => ({ id: way, layout, direction: way, camera: 'push:hikvision' })),
  )
  const shared = layout === '7.1.3' ? ['entry', undefined] : [undefined, undefined]
  expect(config.lanes.map(({ sharesBarrierOf }) => sharesBarrierOf).toSorted()).toEqual(
    shared.toSorted(),
  )
})
