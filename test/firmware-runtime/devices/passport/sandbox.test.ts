// The sandboxed window's reading of a passport gives the same answers as the command line, by other code.
// sql.js, another certificate reader and another SM2 judge the file that the runtime wrote.
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { openPassport } from '#devices/passport/open-passport.ts'
import { passportDatabase } from '#devices/files/passport-database.ts'
import { openContainer } from '#base/pure/passport/container.ts'
import { openPassportFile } from '#renderer/pages/passport/open-passport.ts'
import type { InitSqlJs } from '#renderer/sandbox/sql-types.ts'
import { Bench, make, reader } from './passport-bench.ts'
import { refusedBy } from '../../../kit/refusals.ts'

const require = createRequire(import.meta.url)
const wasm = require.resolve('sql.js/dist/sql-wasm.wasm')
const sql = await (require('sql.js') as InitSqlJs)({ locateFile: () => wasm })

async function made(): Promise<Uint8Array> {
  const bench = new Bench()
  bench.antennaTells(12)
  await bench.store.make(make)
  return bench.files[0]?.bytes ?? new Uint8Array()
}

const commandLine = (bytes: Uint8Array): string => {
  const fault = refusedBy(() => openPassport(bytes, 'f', reader()))
  return fault === null ? 'whole' : `${fault.code} ${fault.detail.field ?? ''}`
}
const inWindow = (bytes: Uint8Array): string => {
  const opened = openPassportFile(sql, 'f', bytes)
  return opened.ok ? 'whole' : `${opened.code} ${opened.part}`
}

it('opens the same content, and names its signer', async () => {
  const bytes = await made()
  const opened = openPassportFile(sql, 'x.etcpassport', bytes)
  const { content, sealedAtIso } = openPassport(bytes, 'f', reader())
  expect(opened).toMatchObject({ ok: true, signedBy: 'TEST installer', signedAtIso: sealedAtIso })
  expect(opened.ok ? opened.content : null).toEqual(content)
})

it('refuses what the command line refuses, in the same words', async () => {
  const bytes = await made()
  expect([inWindow(bytes), commandLine(bytes)]).toEqual(['whole', 'whole'])
  for (let at = 5; at < bytes.length; at += at > bytes.length - 3500 ? 41 : 3001) {
    const changed = Uint8Array.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    const said = inWindow(changed)
    expect(said).not.toBe('whole')
    expect(said).toBe(commandLine(changed))
  }
})

it('names the table that was edited', async () => {
  const bytes = await made()
  const container = openContainer(bytes)
  if (!container.ok) throw new Error('whole')
  const { content } = openPassport(bytes, 'f', reader())
  const firmware = content.firmware.map((row) => ({ ...row, version: '0199' }))
  const swapped = Uint8Array.from(bytes)
  swapped.set(passportDatabase({ ...content, firmware }))
  expect(inWindow(swapped)).toBe('PASSPORT-01 firmware')
})
