// The review of a set-up: what was decided stands below the form that decided it, what nobody decided is usual, and each
// value leads to a field that a form has.
import { describe, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { present } from '#base/pure/values/must.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

function reviewOf(draft: SetupDraft): readonly string[] {
  const { changes } = new SetupService(new MemoryPorts(draft)).preview()
  return changes.flatMap(({ row, key, isUsual }) => (isUsual ? [] : [`${row} ${key}`]))
}
const { lot, tariff } = wholeDraft
const bare: SetupDraft = { version: 1, lot, tariff: { ...tariff, freeMin: 0 } }

it('of the first form and a price alone: those, and nothing that a rule filled in', () => {
  expect(reviewOf(bare)).toEqual([
    'lot /lotId',
    'lot /name/zh',
    'lot /provinceCode',
    'lot /capacity',
    'lot /lanes/entry/layout',
    'lot /lanes/exit/layout',
    expect.stringMatching(/^tariff tariff\/.*freeMin$/),
  ])
})

it('every value is there, decided or usual, and only once', () => {
  const { changes } = new SetupService(new MemoryPorts(wholeDraft)).preview()
  const keys = changes.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.length).toBeGreaterThan(40)
  expect(changes.filter(({ isUsual }) => isUsual).length).toBeGreaterThan(15)
})

const platform = {
  url: 'https://etc.example.com',
  caFile: '/stick/ca.pem',
  certDir: '/stick',
  appId: '45010001',
}
const offline = {
  policy: 'settle-later',
  totalFen: 70_000,
  perChargeFen: 5000,
  count: 20,
  days: 3,
} as const
describe('an answer is decided, below its form', () => {
  it.each<readonly [string, SetupDraft, readonly string[]]>([
    [
      'a camera and a boom',
      { ...bare, devices: wholeDraft.devices },
      ['devices /lanes/entry/camera', 'devices /lanes/entry/barrier', 'devices /lanes/exit/rsu'],
    ],
    ['a policy', { ...bare, offline }, ['offline /offline', 'offline /caps/totalFen']],
    ['a platform', { ...bare, charge: { mode: 'card', platform } }, ['charge /platform/url']],
    ['copies', { ...bare, keep: { to: '/media/disk' } }, ['keep /copies/to']],
  ])('%s', (_, draft, expected) => {
    const before = new Set(reviewOf(bare))
    const found = reviewOf(draft).filter((one) => !before.has(one))
    expect(found).toEqual(expect.arrayContaining([...expected]))
    const rows = new Set(found.map((one) => one.split(' ', 1)[0]))
    expect(rows).toEqual(new Set(expected.map((one) => one.split(' ', 1)[0])))
  })
})

it('a running lot has its changes alone, none of them usual', () => {
  const ports = new MemoryPorts(wholeDraft)
  const service = new SetupService(ports)
  const { digest } = service.preview()
  service.begin(digest, { by: '王师傅', reason: '开通' })
  const { config } = present(ports.files[0], 'a written lot')
  ports.keptNow = { config, tariff: JSON.parse(ports.tariffText) as Tariff }
  service.save({ offline })
  const { changes } = service.preview()
  expect(changes.length).toBeGreaterThan(0)
  expect(changes.filter(({ isUsual, row }) => isUsual || row !== 'offline')).toEqual([])
})
