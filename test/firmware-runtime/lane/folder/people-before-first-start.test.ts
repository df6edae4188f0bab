// Acts on people before the first start of a lot: stored in a file, and written to the ledger once, before anything else at
// that start; afterwards each act is its own row. The file contains no secret.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { Doer } from '#lane/people/people-service.ts'
import { noStatusList } from '#ledger/pure/etc/status-list.ts'
import { standardTimes } from '#lane/pure/lane.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { peopleOffline } from '#lane/folder/people-offline.ts'
import { actsBefore } from '#lane/folder/people-before-first-start.ts'
import { HandClock, ListLedger, steadyClock, testLot } from '../../runtime/control/control-kit.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

const doer: Doer = { by: '王老板', role: 'owner', reason: '开通' }
const owner = { name: '王老板', role: 'owner', secret: 'correct horse' } as const
const guard = { name: '李四', role: 'attendant', secret: '274916' } as const

let dir = ''
beforeEach(() => (dir = folderOfTest('etc-lane-before-')))

/** Starts the lot of this folder on these rows; `at` is its clock. */
function started(rows: readonly LedgerRow[], at: number): readonly LedgerRow[] {
  const ledger = new ListLedger(rows)
  new LotRuntime({
    dialect: guangxi,
    config: testLot,
    tariff: demoTariff,
    ledger,
    crypto: standInCrypto,
    business: steadyClock(() => at),
    mono: new HandClock(),
    uploader: null,
    devicesOf: () => ({ rsu: null, barrier: null, display: null }),
    fatal: (fault) => {
      throw fault
    },
    idle: () => undefined,
    before: actsBefore(dir),
    statusList: noStatusList,
    version: 'test',
    repair: 'B',
    times: standardTimes,
  }).start()
  return ledger.list
}
const audits = (rows: readonly LedgerRow[]) =>
  rows.flatMap((row) =>
    row.kind === 'audit' ? [`${row.body.act} ${row.body.by} ${row.body.reason}`] : [],
  )

it.each(['a draft', 'a lot that was written'])(
  'of %s are rows of the first start, once',
  async (of) => {
    if (of !== 'a draft') writeFileSync(join(dir, 'lot.json'), '{}')
    const people = peopleOffline(dir, 'Studio set-up')
    await people.add(owner, doer, true)
    const added = await people.add(guard, { ...doer, reason: '' }, false)
    people.remove(added.id, doer)
    const file = join(dir, 'people.before.json')
    expect(readFileSync(file, 'utf8')).not.toMatch(/correct horse|274916/)
    const isDraft = of === 'a draft'
    const wanted = [
      'people.add owner p1 王老板 王老板 开通',
      'people.add attendant p2 李四 王老板 Studio set-up',
      `people.${isDraft ? 'withdraw' : 'remove'} p2 李四 王老板 开通`,
    ]
    const later = Date.now() + 1_000
    const rows = started([], later)
    expect(audits(rows)).toEqual(wanted)
    expect(rows.findIndex(({ kind }) => kind === 'boot')).toBe(3)
    expect(rows.slice(0, 3).every(({ atMs }) => atMs < later)).toBe(true)
    expect(existsSync(file)).toBe(false)
    expect(audits(started(rows, later + 1_000))).toEqual(wanted)
  },
)

it('a start that was cut behind its rows writes them no second time; none is later than its start', async () => {
  const people = peopleOffline(dir, 'Studio set-up')
  await people.add(owner, doer, true)
  const file = join(dir, 'people.before.json')
  const text = readFileSync(file, 'utf8')
  const rows = started([], 1_000)
  expect(rows[0]).toMatchObject({ kind: 'audit', atMs: 1_000 })
  writeFileSync(file, text)
  expect(audits(started(rows, 2_000))).toHaveLength(1)
  expect(existsSync(file)).toBe(false)
})

it('a file that nobody wrote so is refused by name, and nothing starts on it', () => {
  writeFileSync(join(dir, 'people.before.json'), '[{"act":"people.add"}]')
  expect(() => started([], 1_000)).toThrow('FILE-02')
})
