// An import from the command line is audited like one in the window: person, reason, profiles and the digest of the files
// are in the ledger before anything is written, and an import that cannot be audited is not done.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { chainKeyOf, claimFolder } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { acme, ProfileLot } from '../../../../../bad-input/profile-lot.ts'
import { run } from './kit.ts'

let lot: ProfileLot
beforeEach(() => {
  lot = new ProfileLot()
})
afterEach(() => lot.folder.remove())

/** A folder whose lot has run, so that it has a ledger. */
function ledgerOf() {
  const chainKey = chainKeyOf(lot.dir, systemRandom())
  const { nodeId } = loadLot(lot.dir).config
  const crypto = openGmCrypto()
  const how = { durability: 'full', version: '1' } as const
  return openLedger({ dir: lot.dir, nodeId, chainKey, crypto, ...how }).ledger
}
function hasRun(): void {
  claimFolder(lot.dir).release()
  ledgerOf().close()
}
function acts(): unknown[] {
  const ledger = ledgerOf()
  const rows = [...ledger.rows(0)].filter((row) => row.kind === 'audit')
  ledger.close()
  return rows.map(({ body }) => body)
}
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
const who = ['--by', '装机员', '--reason', 'new antenna'] as const

it('who, why, which and the digest of the files are in the ledger', async () => {
  hasRun()
  const path = lot.file()
  const { json } = await lot.bring(path, ...who)
  expect(json).toMatchObject({ ok: true, audited: true, generation: 1 })
  const digest = sha256(`${sha256(readFileSync(path))}  rsu/acme/one.json\n`)
  expect(acts()).toMatchObject([
    {
      act: `profiles.accept rsu/acme/one sha256:${digest}`,
      by: '装机员',
      reason: 'new antenna',
      role: 'installer',
      result: 'done',
    },
  ])
})

it('without a name it is the user of this computer', async () => {
  hasRun()
  await lot.bring(lot.file())
  expect(acts()).toMatchObject([
    { by: expect.stringMatching(/./) as string, reason: 'profile import' },
  ])
})

it('what writes nothing is no act: a dry run, a refusal, the same once more', async () => {
  hasRun()
  expect((await lot.bring(lot.file(), '--dry-run')).json).toMatchObject({ audited: false })
  const bad = await lot.bring(lot.file(acme({ '/revision': -1 })))
  expect(bad).toMatchObject({ code: 1, json: { audited: false } })
  expect(acts()).toEqual([])
  await lot.bring(lot.file())
  expect((await lot.bring(lot.file())).json).toMatchObject({ ok: true, audited: false })
  expect(acts()).toHaveLength(1)
})

it('what cannot be written into the ledger is not imported', async () => {
  hasRun()
  rmSync(join(lot.dir, 'ledger.db'))
  mkdirSync(join(lot.dir, 'ledger.db'))
  await expect(lot.bring(lot.file(), ...who)).rejects.toThrow()
  expect(existsSync(join(lot.dir, 'profiles'))).toBe(false)
})

it('a lot that never ran has no ledger: said, not hidden', async () => {
  const { json } = await lot.bring(lot.file(), ...who)
  expect(json).toMatchObject({ ok: true, audited: false, generation: 1 })
})

it.each([
  ['--by', ''],
  ['--by', ' '],
  ['--reason', 'two\u202elines'],
  ['--reason', 'x'.repeat(201)],
])('%s %j says nothing, or something else than is seen', async (flag, text) => {
  hasRun()
  const words = ['import', lot.file(), '--data', lot.dir, ...who, flag, text]
  await expect(run(...words)).rejects.toThrow(new RegExp(`^ARG-01`))
  expect([existsSync(join(lot.dir, 'profiles')), acts()]).toEqual([false, []])
})
