// Without a lot the window shows what one device alone answers, and nothing that would end in a refusal.
// A lot has every page.
import { expect, it } from 'vitest'
import { boards, status } from './lane-views.ts'
import { all, openPage, settle } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'

const texts = (selector: string): string[] =>
  all(selector).map((el) => el.textContent.replaceAll(/\s+|F4/g, ''))

it.each([
  ['workbench', ['设备', '勘测', '系统'], ['设置', '查找', '调优']],
  [
    'production',
    ['车道', '设备', '勘测', '车道档案', '账本', '队列', '设备库', '系统'],
    ['设置', '查找', '报文', '调优', '接管与测试', '新设备', '桩与手持机'],
  ],
] as const)('in %s', async (mode, screens, pages) => {
  const lot = new ScriptedLot()
  lot.board = { ...boards.normal, lanes: [], status: status({ mode }) }
  const app = await openPage(lot, '/devices/find')
  await settle()
  expect(texts('.nav a')).toEqual(screens)
  expect(texts('.pages a')).toEqual(pages)
  app.unmount()
})
