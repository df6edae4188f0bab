// Every page can be reached from the palette and has its row in the side bar; keys with another meaning
// on a page are listed there with that meaning.
import { expect, it } from 'vitest'
import { commandRows } from '../../renderer/shell/commands.ts'
import { makeRouter } from '../../renderer/shell/router.ts'
import { entryOf } from '../../renderer/kit/pages.ts'
import { all, openPage, settle, hit } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

/**
 * Pages without a parameter in their address: a car's timeline is reached from its row. A lot is set up on its own
 * workbench, which begins with that page.
 */
const pages = makeRouter()
  .getRoutes()
  .filter(({ path, name }) => name !== undefined && name !== 'setup' && !path.includes(':'))
  .map(({ path }) => path)

async function palette(path: string): Promise<HTMLElement[]> {
  await openPage(new ScriptedLot(), path)
  await hit('Ctrl+k')
  return all('#palette-rows li')
}

it('goes to every page, and each belongs to a row of the side bar', async () => {
  const lot = new ScriptedLot()
  // A demo's settings cannot be edited.
  lot.board = { ...lot.board, status: { ...lot.board.status, rehearsal: true, reservation: 'up' } }
  await openPage(lot, '/system')
  const router = makeRouter()
  const reached: string[] = []
  for (const { id, run } of commandRows(router)) {
    if (!id.startsWith('goto-') && id !== 'find') continue
    run()
    await settle()
    reached.push(router.currentRoute.value.path)
  }
  expect(reached.sort()).toEqual(pages.sort())
  for (const path of pages) expect(entryOf(path), path).toBeDefined()
})

it.each([
  ['/lane', '测试、查找', '写入'],
  ['/devices', '测试、查找', '写入'],
  ['/devices/tune', '测试、查找', '开始这一步'],
  ['/devices/places', '测试、查找', '扣费'],
  ['/devices/find', '在全部空闲串口找天线', '写入'],
])(
  'on %s Ctrl+T is named %s and Ctrl+Enter %s, F8 and F9 as everywhere',
  async (path, test, write) => {
    const rows = (await palette(path)).map((row) => row.innerText.trim())
    const named = ['Ctrl+T', 'Ctrl+Enter', 'F8', 'F9'].map((keys) =>
      rows.find((text) => text.endsWith(keys)),
    )
    expect(named).toEqual(
      [test, write, '开闸', '人工收费'].map((word) => expect.stringContaining(word)),
    )
  },
)
