// Upkeep in the window: the card of the System screen in each state, and the notice above every screen.
// In both languages; an old runtime without upkeep shows no fault.
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApp, nextTick, type App as VueApp } from 'vue'
import type { LaneClient } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { StatusView, UpkeepView } from '#lane/calls/views.ts'
import { setLaneClient } from '#renderer/api/client.ts'
import App from '#renderer/shell/App.vue'
import { makeRouter } from '#renderer/shell/router.ts'
import { roomOf } from '#renderer/kit/words.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { boards, status } from '../lane/lane-views.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { upkeep, upkeepInTrouble, upkeepNew } from './upkeep-views.ts'
import { wordOf } from '../../kit/page.ts'

let lot: ScriptedLot
let app: VueApp
const router = makeRouter()

const clientOf = (own: ScriptedLot): LaneClient => ({
  call: (name, args) => Promise.resolve(own.call(name, args) as ApiReply<never>),
  subscribe: (stream, _since, take) => own.subscribe(stream, take as never),
})

async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    await Promise.resolve()
    await nextTick()
  }
  await new Promise((done) => requestAnimationFrame(done))
  await nextTick()
}

async function show(view: UpkeepView | null | undefined): Promise<void> {
  const { upkeep: _left, ...older } = status()
  const said = view === undefined ? (older as StatusView) : status({ upkeep: view })
  lot.show({ ...boards.normal, status: said })
  await settle()
}

const text = (name: string): string | null => {
  const found = document.querySelector(`[data-test="${name}"]`)
  return found === null ? null : (found.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
}

beforeEach(async () => {
  localStorage.clear()
  document.body.innerHTML = '<div id="app"></div>'
  i18n.global.locale.value = 'zh'
  lot = new ScriptedLot()
  setLaneClient(clientOf(lot))
  app = createApp(App).use(createPinia()).use(i18n).use(router)
  await router.push('/system')
  app.mount('#app')
  await settle()
})
afterEach(() => app.unmount())

it.each([
  ['off', '未开启：时钟走错时，只有平台或人能发现'],
  ['synchronised', '已与时间服务器同步'],
] as const)('tells where the clock is shown what sets it: %s', async (ntp, words) => {
  const { clock } = status()
  lot.show({ ...boards.normal, status: status({ clock: { ...clock, ntp } }) })
  await settle()
  const page = document.body.textContent
  expect(page).toContain(wordOf('system.ntp'))
  expect(page).toContain(words)
  lot.show({ ...boards.normal, status: status() })
  await settle()
  expect(document.body.textContent, 'nothing is said before it was asked').not.toContain('(NTP)')
})

it('shows room, photos, the last backup and the next', async () => {
  await show(upkeep())
  const card = text('upkeep')
  expect(card).toContain('●正常')
  expect(card).toContain('磁盘剩余179.0 GB · 下限 2048 MB')
  expect(card).toContain('照片61 天，最早 2026-01-13 · 保留 60 天')
  expect(card).toContain('上次备份2026-03-14 03:00:41 · 184220 行 · ✓ 已核对')
  expect(card).toContain('下次备份2026-03-15 03:00:00')
  expect(card).toContain('7 份，最多 7 份')
})

it('shows what photos take of the space that was set for them', async () => {
  const { photos } = upkeep()
  await show(upkeep({ photos: { ...photos, keepDays: 365, mb: 37_000, budgetGb: 40 } }))
  expect(text('upkeep')).toContain('保留 365 天，最多 40 GB，现有 36.1 GB')
})

it('says why a backup failed, that earlier ones are kept, and when it is tried again', async () => {
  await show(upkeepInTrouble)
  const card = text('upkeep')
  expect(card).toContain(`▲${wordOf('upkeep.trouble')}`)
  expect(card).toContain('▲ 1412 MB')
  expect(card).toContain(
    wordOf('upkeep.failed', { at: '2026-03-14 10:02:09', what: '磁盘已满，账本写不进去 DATA-02' }),
  )
  expect(card).toContain('下次备份2026-03-14 11:02:09')
  expect(card).toContain('账本的夜间备份失败车道照常运行，之前的备份还在，一小时后再试')
  expect(card).toContain('腾出磁盘空间或换更大的磁盘UPKEEP-01')
  expect(card).toContain(wordOf('upkeep.held', { until: '2026-04-20 09:14:02' }))
  i18n.global.locale.value = 'en'
  await settle()
  expect(text('upkeep')).toContain(
    'The backup of 2026-03-14 10:02:09 failed: The disk is full and the ledger cannot be written',
  )
})

it('stands in the inbox with its code, and leads here', async () => {
  await show(upkeepInTrouble)
  await router.push('/inbox')
  await settle()
  const rows = (): string => document.querySelector('main')?.textContent ?? ''
  expect(rows()).toContain('磁盘剩余空间不足（UPKEEP-01 1412 MB）')
  expect(rows()).toContain('账本的夜间备份失败（UPKEEP-02 DATA-02）')
  document.querySelector<HTMLElement>('[data-test="matter-folder"] a')?.click()
  await settle()
  expect(router.currentRoute.value.path).toBe('/system')
})

it('is honest about a folder that is new, not looked at, or of an older runtime', async () => {
  await show(upkeepNew)
  expect(text('upkeep')).toContain('照片还没有照片')
  expect(text('upkeep')).toContain('上次备份还没有备份')
  expect(text('upkeep')).not.toContain('已核对')
  await show(upkeep({ backup: { ...upkeep().backup, running: true } }))
  expect(text('upkeep')).toContain(wordOf('upkeep.running'))
  await show(upkeep({ disk: { freeMb: null, warnMb: 2048, low: false } }))
  expect(text('upkeep')).toContain(wordOf('upkeep.diskUnknown'))
  await show(null)
  expect(text('upkeep')).toBe('停车场文件夹看护正在查看停车场文件夹')
  await show(undefined)
  expect(text('upkeep')).toBeNull()
})

it.each([
  [0, '0 MB'],
  [9_999, '9999 MB'],
  [10_000, '9.8 GB'],
  [1_048_576, '1024.0 GB'],
])('%i MB of room is %s', (mb, said) => {
  expect(roomOf(mb)).toBe(said)
})
