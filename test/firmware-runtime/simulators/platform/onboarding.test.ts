// Admission of a car park: its number names files, so any other form is refused; only the applicant that holds the number
// gets its keys; and two people review an application.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { accessCodeIn } from '#simulators/platform/liaoning/access-code.ts'
import { channelFiles, onboardingRoutes } from '#simulators/platform/onboarding.ts'
import { openPki, sandboxFiles } from '#simulators/platform/certificates/pki.ts'
import { rsaSuite } from '#simulators/platform/certificates/rsa-suite.ts'
import type { SettlementRow } from '#simulators/platform/records/settlement-records.ts'
import { appId, createRig, nowMs } from './rig.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''
beforeEach(() => (dir = folderOfTest('platform-onboarding-')))

const form = (over: object = {}) => ({
  format: 'etc-application',
  lotId: 'LOT001',
  name: 'Alpha',
  district: '450103',
  qualification: 'Q',
  contact: 'C',
  lanes: [{ id: 'exit' }],
  use: 'test',
  ...over,
})

/** Routes whose channel keys are made in the folder of this test. */
function desk(rows: readonly SettlementRow[] = []) {
  const rig = createRig({ rows })
  const testKeys = (of: string) => sandboxFiles(dir, rsaSuite, of, nowMs)
  const routes = onboardingRoutes({
    model: () => rig.model,
    settled: () => Promise.resolve(),
    files: (application) => channelFiles(application, { appId, url: 'https://p', testKeys }),
  })
  return async (name: string, body?: unknown, id = ''): Promise<unknown> =>
    routes[name]?.({ id, query: new URLSearchParams(), key: '', body })
}

const refusedAt = (field: string) => ({ code: 'ARG-01', detail: { field } })

describe('a number of a car park', () => {
  test.each(['../../platform', '../../../outside', 'A/1', 'A.1', '..', 'A B', '', 'ABCDEFGH9', 7])(
    'that is %j is refused, and nothing is kept',
    async (lotId) => {
      const ask = desk()
      await expect(ask('POST /applications', form({ lotId }))).rejects.toMatchObject(
        refusedAt('/lotId'),
      )
      expect(await ask('GET /applications')).toEqual({ applications: [] })
    },
  )

  test.each(['../../platform', 'A/1'])(
    '%s in books of before is given no file, and none is written',
    async (lotId) => {
      openPki(dir, rsaSuite, nowMs)
      const files = readdirSync(dir)
      const step = { verdict: 'pass', reason: '', atMs: nowMs } as const
      const application = { id: 'T1', lotId, use: 'test', report: null, atMs: nowMs } as const
      const ask = desk([
        { t: 'application', ...application },
        { t: 'review', id: 'T1', level: 'business', by: 'A', ...step },
        { t: 'review', id: 'T1', level: 'technical', by: 'B', ...step },
      ])
      await expect(ask('GET /applications/:id', undefined, 'T1')).rejects.toMatchObject(
        refusedAt('appId'),
      )
      writeFileSync(join(dir, 'outside.code'), 'SECRET')
      expect(() => accessCodeIn(dir, '/../outside')).toThrow(
        expect.objectContaining({ code: 'ARG-01' }),
      )
      expect(readdirSync(dir)).toEqual([...files, 'outside.code'].toSorted())
    },
  )

  test.each([
    ['another name', { name: 'Beta stealing Alpha' }],
    ['another contact', { contact: 'D' }],
    ['another case', { lotId: 'lot001', name: 'Beta' }],
  ])('that somebody holds is not applied for by %s', async (_, over) => {
    const ask = desk()
    await ask('POST /applications', form())
    const asked = (): Promise<unknown> => ask('POST /applications', form(over))
    await expect(asked()).rejects.toMatchObject(refusedAt('/lotId'))
    for (const by of ['A', 'B']) await ask('POST /reviews', { id: 'T1', verdict: 'pass', by })
    await expect(asked()).rejects.toMatchObject(refusedAt('/lotId'))
    expect(await ask('POST /applications', form())).toMatchObject({ id: 'T2' })
  })

  test('is free again when its application was turned down', async () => {
    const ask = desk()
    await ask('POST /applications', form())
    await ask('POST /reviews', { id: 'T1', verdict: 'reject', by: 'A', reason: 'no lot' })
    expect(await ask('POST /applications', form({ name: 'Beta' }))).toMatchObject({ id: 'T2' })
  })
})

test.each([
  [null, false],
  [{ seed: 7, unsigned: 1 }, true],
])('a report with impolite %j is taken for production: %s', async (impolite, isTaken) => {
  const reportId = 'A1'.repeat(16)
  const report = { reportId, appId: 'SBLOT001', atMs: nowMs, data: { reportId, impolite } }
  const ask = desk([{ t: 'jointReport', ...report }])
  const asked = ask('POST /applications', form({ use: 'production', report: reportId }))
  if (isTaken) expect(await asked).toMatchObject({ id: 'P1', use: 'production' })
  else await expect(asked).rejects.toMatchObject(refusedAt('/report'))
})

describe('the review', () => {
  test.each([{}, { by: '' }, { by: ' ' }, { by: 7 }])(
    'without a name is refused: %j',
    async (by) => {
      const ask = desk()
      await ask('POST /applications', form())
      await expect(
        ask('POST /reviews', { id: 'T1', verdict: 'pass', ...by }),
      ).rejects.toMatchObject(refusedAt('/by'))
      expect(await ask('GET /applications')).toMatchObject({
        applications: [{ state: 'submitted' }],
      })
    },
  )

  test('of the second level is of another name than the first', async () => {
    const ask = desk()
    await ask('POST /applications', form())
    const review = (by: string): Promise<unknown> =>
      ask('POST /reviews', { id: 'T1', verdict: 'pass', by })
    expect(await review('李工')).toMatchObject({ state: 'business' })
    await expect(review('李工 ')).rejects.toMatchObject(refusedAt('/by'))
    expect(await review('周工')).toMatchObject({ state: 'approved' })
  })
})
