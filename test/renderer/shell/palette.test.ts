// Every page can be reached from the palette and has its row in the side bar; keys with another meaning
// on a page are listed there with that meaning.
import { expect, it } from 'vitest'
import { commandRows } from '#renderer/shell/commands.ts'
import { makeRouter } from '#renderer/shell/router.ts'
import { entryOf } from '#renderer/kit/pages.ts'
import { all, one, openPage, settle, hit } from '../kit/page.ts'
import { ScriptedLot } from '../kit/scripted-lot.ts'

/**
 * Pages without a parameter in their address: a car's timeline is reached from its row, and so is a boom that a test
 * raised. A lot is set up on its own workbench, which begins with that page.
 */
const ownWay: readonly unknown[] = [undefined, 'setup', 'raised']
const pages = makeRouter()
  .getRoutes()
  .map(({ path, name }) => ({ name, path: path.replace(/\/:.*\?$/, '') }))
  .filter(({ path, name }) => !ownWay.includes(name) && !path.includes(':'))
  .map(({ path }) => path)

async function palette(path: string): Promise<HTMLElement[]> {
  await openPage(new ScriptedLot(), path)
  await hit('Ctrl+k')
  return all('#palette-rows li')
}

it('goes to every page, and each belongs to a row of the side bar', async () => {
  const lot = new ScriptedLot()
  // A demo's settings cannot be edited.
  const needed = { rehearsal: true, reservation: 'up', spaces: 3, partners: 1 } as const
  lot.board = { ...lot.board, status: { ...lot.board.status, ...needed } }
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
  ['/devices/settings', '测试、查找', '写入'],
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

const type = async (text: string): Promise<readonly string[]> => {
  const field = one('[role="combobox"]') as HTMLInputElement
  field.value = text
  field.dispatchEvent(new Event('input'))
  await settle()
  return all('#palette-rows li').map((row) => row.innerText.replaceAll(/\s+/g, ' ').trim())
}

it.each([
  ['设备库', '打开：设备库'],
  ['价格', '打开：收费标准'],
  ['tariff', '打开：收费标准'],
  ['备份', '打开：副本与恢复密钥'],
  ['月卡', '打开：月租车与名单'],
  ['今日与记录', '打开：今日'],
])('%s finds a page by this or a former name', async (text, page) => {
  await palette('/lane')
  expect(await type(text)).toContain(page)
})

it('puts things first, and what cannot be done now last, with why', async () => {
  const lot = new ScriptedLot()
  const [of, title, note] = ['车', '桂A12345', '在场'].map((zh) => ({ zh, en: zh }))
  lot.answers('search.find', {
    rows: [{ kind: 'car', key: 's1', of, title, note, to: '/ledger/stay-1' }],
  })
  await openPage(lot, '/system')
  await hit('Ctrl+k')
  expect(lot.sent('search.find')).toEqual([])
  await type('1')
  expect(lot.sent('search.find')).toEqual([])
  const rows = await type('开')
  expect(lot.argsOf('search.find')).toEqual([{ text: '开' }])
  expect(rows[0]).toBe('桂A12345 车 · 在场')
  expect(rows.filter((row) => row.includes('要在车道页上'))).not.toEqual([])
  const isOut = all('#palette-rows li').map((row) => row.classList.contains('out'))
  expect(isOut).toEqual(isOut.toSorted((a, b) => Number(a) - Number(b)))
  one('[role="combobox"]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
  await settle()
  expect(lot.argsOf('ledger.timeline')).toHaveLength(1)
})
