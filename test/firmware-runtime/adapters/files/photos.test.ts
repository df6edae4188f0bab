// Photos by id: the id names day and file, and can name nothing else.
// What is not an id of our own making is no photo, whatever lies there.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPhoto } from '../../../../firmware-runtime/adapters/files/photos.ts'

let dir = ''
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'etc-photos-'))
  mkdirSync(join(dir, 'photos', '2026-11-20'), { recursive: true })
  writeFileSync(join(dir, 'photos', '2026-11-20', '20261120-081502-exit-17.jpg'), 'jpeg')
  writeFileSync(join(dir, 'secret.jpg'), 'secret')
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('reads a kept photo', async () => {
  const bytes = await readPhoto(dir, '20261120-081502-exit-17')
  expect(Buffer.from(bytes ?? []).toString()).toBe('jpeg')
})

test.each([
  '20261120-081502-exit-18',
  '20261121-081502-exit-17',
  '../../secret',
  '20261120-081502-../../../secret-1',
  '20261120-081502-exit-17.jpg',
  '20261120-081502-exit-17\0',
  '',
  'secret',
])('%j is no photo', async (photoId) => {
  expect(await readPhoto(dir, photoId)).toBeNull()
})
