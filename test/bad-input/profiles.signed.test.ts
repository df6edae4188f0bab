// P01 to P04: invalid signatures, signatures of strangers or by expired or revoked keys, and older versions.
// Refused on the command line and in the window, with nothing changed; going back is an audited act.
import { mkdirSync, rmSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { instantOf } from '#base/pure/values/instant.ts'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { chainKeyOf, claimFolder } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import {
  makeSigner,
  refused,
  run,
  trust,
} from '../firmware-runtime/devices/desk/commands/profile/kit.ts'
import type { Signer } from '../firmware-runtime/devices/desk/commands/profile/kit.ts'
import { acme, ProfileLot } from './profile-lot.ts'

let lot: ProfileLot
let signer: Signer
beforeEach(() => {
  lot = new ProfileLot()
  signer = makeSigner(lot.folder, 'support')
})
afterEach(() => lot.folder.remove())

async function signed(by: Signer, profile = acme(), name = 'one.json'): Promise<string> {
  const path = lot.file(profile, name)
  await run('sign', path, '--key', by.key, '--cert', by.cert)
  return path
}
const both = (path: string): Record<string, Uint8Array> => ({
  'one.json': readFileSync(path),
  'one.json.sig': readFileSync(`${path}.sig`),
})

it('P01 a bad signature: refused, whichever part of it is wrong', async () => {
  trust(lot.folder, 'lot', signer)
  const path = await signed(signer)
  const sig = JSON.parse(readFileSync(`${path}.sig`, 'utf8')) as Record<string, unknown>
  const bytes = Buffer.from(String(sig['signature']), 'base64')
  const flipped = Buffer.from(bytes)
  flipped[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  const broken: readonly (string | object)[] = [
    { ...sig, signature: flipped.toString('base64') },
    { ...sig, signature: 'AAAA' },
    { ...sig, certificate: 'AAAA' },
    { ...sig, signedAtIso: '2026-11-20T09:30:15.000+08:00' },
    { ...sig, algorithm: 'none' },
    { ...sig, more: 1 },
    'no JSON',
    '',
  ]
  for (const content of broken) {
    lot.folder.put('in/one.json.sig', content)
    const code = typeof content === 'string' ? 'PROFILE-17' : 'PROFILE-17'
    await lot.refuses(code, path)
    lot.refusedInWindow('PROFILE-17', both(path))
  }
  // A valid signature of other content.
  lot.folder.put('in/one.json.sig', sig)
  lot.file(acme({ '/title/en': 'Changed after signing' }))
  await lot.refuses('PROFILE-17', path)
  lot.file()
  expect((await lot.bring(path)).code).toBe(0)
})

it('P02 a right signature of an unknown signer: refused, with the fingerprint to compare', async () => {
  const path = await signed(signer)
  const found = await lot.refuses('PROFILE-23', path)
  expect(found).toMatchObject({ value: signer.fingerprint, note: 'TEST support' })
  lot.refusedInWindow('PROFILE-23', both(path))
  // Another trusted certificate does not help.
  trust(lot.folder, 'lot', makeSigner(lot.folder, 'other'))
  await lot.refuses('PROFILE-23', path)
  trust(lot.folder, 'lot', makeSigner(lot.folder, 'third'), signer)
  expect((await lot.bring(path)).code).toBe(0)
  expect(lot.revision()).toBe(1)
})

it('P03 signed by an expired or a revoked key: refused', async () => {
  const old = makeSigner(lot.folder, 'old', true)
  trust(lot.folder, 'lot', signer, old)
  const path = lot.file()
  // The tool does not sign with an expired certificate; a signature with a time outside its validity is invalid.
  expect((await refused('sign', path, '--key', old.key, '--cert', old.cert)).code).toMatch(/^CERT/)
  await signed(signer)
  const sig = JSON.parse(readFileSync(`${path}.sig`, 'utf8')) as Record<string, unknown>
  const certificate = Buffer.from(old.der).toString('base64')
  lot.folder.put('in/one.json.sig', { ...sig, certificate })
  const found = await lot.refuses('PROFILE-17', path)
  expect(found.note).toContain('validity')
  await signed(signer)
  lot.folder.put('lot/keys/profile-revoked.json', {
    version: 1,
    revoked: [{ fingerprint: signer.fingerprint, why: 'key lost' }],
  })
  expect((await lot.refuses('PROFILE-17', path)).note).toContain('key lost')
  lot.refusedInWindow('PROFILE-17', both(path))
})

/** A folder whose lot has run and therefore has a ledger. */
function ledgerOf() {
  const key = chainKeyOf(lot.dir, systemRandom())
  const { nodeId } = loadLot(lot.dir).config
  const crypto = openGmCrypto()
  return openLedger({
    dir: lot.dir,
    nodeId,
    chainKey: key,
    crypto,
    durability: 'full',
    version: '1',
  }).ledger
}

/** A lot that ran once: its ledger begins with the kind of lot. */
function startedOnce(): void {
  claimFolder(lot.dir).release()
  const { mode, chargeMode, lotId } = loadLot(lot.dir).config
  const ledger = ledgerOf()
  const body = { repair: 'A', version: '1', mode, lotId, chargeMode }
  ledger.append([{ kind: 'boot', atMs: instantOf(2026, 11, 20), body }])
  ledger.close()
}

it('P04 an older version than the installed one: refused, unless it is an audited way back', async () => {
  startedOnce()
  await lot.bring(lot.file(acme({ '/revision': 3 })))
  await lot.bring(lot.file(acme({ '/revision': 5 })))
  for (const revision of [1, 3, 4])
    await lot.refuses('PROFILE-18', lot.file(acme({ '/revision': revision })))
  await lot.refuses('PROFILE-18', lot.file(acme({ '/revision': 5, '/title/en': 'Same number' })))
  lot.refusedInWindow('PROFILE-18', { 'one.json': acme({ '/revision': 4 }) })
  expect(lot.revision()).toBe(5)
  const who = ['--by', '装机员', '--reason', 'the new one drops cards'] as const
  const { json } = await run('import', '--undo', '--data', lot.dir, ...who)
  expect(json).toMatchObject({ ok: true, audited: true, from: 2, generation: 1 })
  expect(lot.revision()).toBe(3)
  const ledger = ledgerOf()
  const acts = [...ledger.rows(0)].filter((row) => row.kind === 'audit')
  ledger.close()
  expect(acts.map(({ body }) => body)).toMatchObject([
    { act: expect.stringMatching(/^profiles\.accept rsu\/acme\/one sha256:/) as string },
    { act: expect.stringMatching(/^profiles\.accept rsu\/acme\/one sha256:/) as string },
    { act: 'profiles.undo 2', by: '装机员', reason: 'the new one drops cards', role: 'installer' },
  ])
})

it('P04 a way back that cannot be written into the ledger is not gone', async () => {
  startedOnce()
  await lot.bring(lot.file(acme({ '/revision': 3 })))
  await lot.bring(lot.file(acme({ '/revision': 5 })))
  // The head is ahead of the ledger: rows were lost, and nothing may overwrite that.
  rmSync(join(lot.dir, 'ledger.db'))
  mkdirSync(join(lot.dir, 'ledger.db'))
  await expect(run('import', '--undo', '--data', lot.dir)).rejects.toThrow()
  expect(lot.revision()).toBe(5)
})
