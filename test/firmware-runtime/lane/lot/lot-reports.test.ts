// Scheduled reports of a lot file: accepted ones are read unchanged, invalid ones refused at their member.
// What they do is tested in app/report.
import { expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { lotFile } from './lot-kit.ts'
import { faultOf } from '../../../kit/refusals.ts'

const plan = { report: 'day', every: 'day', at: '06:30', to: '/reports', formats: ['pdf'] }
const withPlans = (...reports: readonly object[]) => checkLot({ ...lotFile(), reports }, 'lot.json')

it('are read as they stand, also to a drive of Windows', () => {
  const month = { ...plan, report: 'month', every: 'month', to: 'D:\\reports', language: 'en' }
  expect(withPlans(plan, month).reports).toEqual([plan, month])
})

it.each([
  [{ at: '24:00' }, '/reports/0/at'],
  [{ to: 'reports' }, '/reports/0/to'],
  [{ report: 'year' }, '/reports/0/report'],
  [{ formats: [] }, '/reports/0/formats'],
])('%j is refused at its member', (over, field) => {
  const fault = faultOf(() => withPlans({ ...plan, ...over }))
  expect(fault).toMatchObject({ code: 'LOT-02', detail: { field } })
})
