// Another province beside the lot's own, in the lot form: its differences, and what this lot would change, in both
// languages; equal rules are only counted, and a refused province says so.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { lotFile } from '../../../firmware-runtime/lane/lot/lot-kit.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { all, settle, textOf } from '../../kit/page.ts'
import { openSetup } from '../setup/setup-page.ts'

let ports: MemoryPorts

async function shown(): Promise<void> {
  await openSetup(new SetupService(ports), 'lot')
}
beforeEach(() => {
  ports = new MemoryPorts(wholeDraft)
})
afterEach(() => {
  i18n.global.locale.value = 'zh'
})
const said = () => textOf('compare').replaceAll(/\s+/g, ' ')

it('shows what is otherwise in the other province, and no row that is the same', async () => {
  await shown()
  expect(said()).toContain('扣费')
  expect(said()).toMatch(/POST \/v1\/etc\/exit-charges.*POST \/access\/trades/)
  expect(said()).toContain('过滤 卡网络号错误没有A.2.3 a 4 charge+upload')
  const titles = all('[data-test="compare"] tbody th').map((cell) => cell.innerText)
  expect(titles.some((title) => title.includes('状态名单每隔'))).toBe(false)
  expect(said()).toMatch(/相同 \d+ 条.不同 \d+ 条.新增 \d+ 条.没有 \d+ 条/)
})

it('says in English what the lot that is there does first', async () => {
  ports.keptNow = { config: lotFile(), tariff: demoTariff }
  await shown()
  i18n.global.locale.value = 'en'
  await settle()
  const steps = all('[data-test="compare-lot"] li').map((step) => step.innerText)
  expect(steps[0]).toContain('upload the whole queue first')
  expect(steps.join(' ')).toContain('certs/access.code')
  expect(said()).toContain('What car park GX00012 must do to move there')
})

it('says why a comparison is refused', async () => {
  ports.compare = () => {
    throw new LaneFault('LOT-02', { field: '/provinceCode', value: '44' })
  }
  await shown()
  expect(said()).toContain('LOT-02')
})
