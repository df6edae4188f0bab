// The timeline of a passage in the window: a photo of each side, and one alone where there is one.
// In both languages.
import { afterEach, expect, it } from 'vitest'
import type { App as VueApp } from 'vue'
import { i18n } from '../../renderer/i18n/index.ts'
import { all, openPage, settle } from './page.ts'
import { ScriptedLot } from './scripted-lot.ts'
import { timeline } from './timeline-view.ts'

let app: VueApp | null = null
afterEach(() => app?.unmount())

const captions = (): string[] => all('figure figcaption').map((found) => found.innerText)

it('shows the photo of the entry and that of the exit', async () => {
  const lot = new ScriptedLot()
  app = await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(captions()).toEqual(['入口照片', '出口照片'])
  const asked = lot.calls.filter(({ name }) => name === 'photo.get').map(({ args }) => args)
  expect(asked).toEqual([{ photoId: 'p-1' }, { photoId: 'p-2' }])
  i18n.global.locale.value = 'en'
  await settle()
  expect(captions()).toEqual(['Photo of the entry', 'Photo of the exit'])
})

it('shows one photo of a car that had no entry', async () => {
  const lot = new ScriptedLot()
  lot.replies.set('ledger.timeline', { ok: true, data: { ...timeline, exitPhotoId: 'p-1' } })
  app = await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(captions()).toEqual(['出口照片'])
})
