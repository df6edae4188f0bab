// An acceptance run next to running production lanes is never aimed at a platform, whatever its files are; a demo's is
// judged by them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { aimBesideLanes, aimHere } from '#acceptance/desk/folder/aimed.ts'
import { exitLot, Folder } from '../../../devices/desk/commands/profile/kit.ts'

const folder = new Folder()
afterAll(() => folder.remove())

it('is refused beside lanes of production before a file is looked at', () => {
  const dir = folder.at('lot')
  exitLot(dir)
  const asked = {
    url: 'https://h:1',
    caFile: folder.at('none.pem'),
    credentials: folder.at('none'),
  }
  const wrong = expect.objectContaining({
    code: 'FILE-01',
    detail: expect.objectContaining({ file: asked.caFile, field: '--ca' }) as object,
  }) as Error
  expect(() => aimBesideLanes(dir, asked)).toThrow(wrong)
  const file = join(dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...config, mode: 'production' }))
  const refused = { code: 'ACCEPT-09', detail: { field: '--platform', value: asked.url } }
  expect(() => aimBesideLanes(dir, asked)).toThrow(expect.objectContaining(refused) as Error)
  expect(() => aimHere(dir, asked)).toThrow(wrong)
  const noCertificate = { ...asked, caFile: folder.put('no-ca.pem', 'nothing') }
  expect(() => aimHere(dir, noCertificate)).toThrow(
    expect.objectContaining({ code: 'CERT-01' }) as Error,
  )
})
