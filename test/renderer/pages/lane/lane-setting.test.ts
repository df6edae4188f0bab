// A new setting of a lane needs only its row. With one more row the devices form asks for it, draft and lot file
// contain it, and the list of changes names it. No other file mentions it.
import { expect, it, vi } from 'vitest'
import { lotJsonSchema } from '#lane/lot/files/lot-schema.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { changesOf } from '#lane/desk/setup/lot-words.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { present } from '#base/pure/values/must.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { one, settle, type } from '../../kit/page.ts'
import { openSetup } from '../setup/setup-page.ts'

vi.mock('#base/pure/lot/device-members.ts', async (original) => {
  const rows = await original<typeof import('#base/pure/lot/device-members.ts')>()
  const unit = { zh: '秒', en: 's' }
  const words = { zh: '黄灯闪', en: 'amber flashes for' }
  const amberSec = { kind: 'whole', min: 1, max: 60, optional: true, unit, words }
  return { laneDeviceMembers: { ...rows.laneDeviceMembers, amberSec } }
})

it('a new setting of a lane is one row', async () => {
  const ports = new MemoryPorts(wholeDraft)
  await openSetup(new SetupService(ports), 'devices')
  const field = one('[name="exit-amberSec"]')
  expect(present(field.closest('label'), 'a label').innerText).toContain('黄灯闪')
  await type('[name="exit-amberSec"]', '7')
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await settle()

  const draft = present(ports.draft.read(), 'a draft')
  expect(draft.devices?.lanes).toMatchObject({ exit: { amberSec: 7 } })
  const made = (of: typeof draft) => ({
    config: present(judgeDraft(of, ports).config, 'a lot'),
    tariff: present(tariffOfDraft(of), 'a tariff'),
  })
  const after = made(draft)
  expect(after.config.lanes.map((lane) => Reflect.get(lane, 'amberSec'))).toEqual([undefined, 7])
  expect(JSON.stringify(lotJsonSchema())).toMatch(/"amberSec":\{[^}]*"maximum":60/)
  const [change] = changesOf(made(wholeDraft), after)
  expect(change).toMatchObject({ before: null, after: t('7 秒', '7 s') })
  expect(change?.what.en).toMatch(/: amber flashes for$/)
})
