// Photos by id: the id names a day and a file, and cannot name anything else.
// An id that the program did not make reads no file.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { PhotoShelf, readPhoto } from '#ledger/files/photos.ts'
import { headOfJpeg, headOfPng } from '../../base/pure/values/photo-kit.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-photos-')
const jpeg = headOfJpeg(640, 480, 'c0')
beforeAll(() => {
  mkdirSync(join(dir, 'photos', '2026-11-20'), { recursive: true })
  const day = join(dir, 'photos', '2026-11-20')
  writeFileSync(join(day, '20261120-081502-exit-17.jpg'), jpeg)
  writeFileSync(join(day, '20261120-081502-exit-19.jpg'), headOfJpeg(65_000, 65_000, 'c0'))
  writeFileSync(join(dir, 'secret.jpg'), 'secret')
})

test('reads a kept photo', async () => {
  const bytes = await readPhoto(dir, '20261120-081502-exit-17')
  expect(bytes).toEqual(Buffer.from(jpeg))
})

test('keeps what can be opened, and nothing that takes more memory than there is', async () => {
  const shelf = new PhotoShelf(dir)
  const nowMs = Date.UTC(2026, 10, 20)
  const photo = shelf.keep('exit', jpeg, nowMs)
  expect(await readPhoto(dir, photo ?? '')).toEqual(Buffer.from(jpeg))
  for (const bytes of [headOfJpeg(8_000, 8_000, 'c0'), headOfPng(8_000, 8_000), new Uint8Array(9)])
    expect(shelf.keep('exit', bytes, nowMs)).toBeNull()
})

test.each([
  '20261120-081502-exit-18',
  '20261120-081502-exit-19',
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
