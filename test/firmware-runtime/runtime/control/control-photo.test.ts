// A photo of an instrument over the control API: in parts, by an installer, complete and a JPEG by its content, stored with
// the record that names it. A refused photo leaves no file, no record and no audit row.
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readPhoto } from '#ledger/files/photos.ts'
import { apiLimits } from '#base/api/http-server.ts'
import { photoPartCharsMax } from '#base/calls/photo.ts'
import { api } from '#runtime/api/table.ts'
import { keepMeasurePhoto } from '#base/desk/folder/measure-photos.ts'
import { attachmentBytesMax } from '#base/pure/data/photo.ts'
import { photoUploadBytesMax } from '#base/pure/data/photo.ts'
import { headOfJpeg, headOfPng } from '../../base/pure/values/photo-kit.ts'
import { makeLot, type TestLot } from './control-kit.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir: string
let lot: TestLot
const draftId = 'draft-0001'
const who = { by: '装机员', reason: '验收' }

beforeEach(() => {
  dir = folderOfTest('etc-lane-photo-')
  lot = makeLot([], null, null, null, [], null, null, (laneId, jpeg) =>
    keepMeasurePhoto(dir, laneId, jpeg),
  )
})

const session = (role: 'attendant' | 'installer' | 'auditor' = 'installer') =>
  lot.control.session(role)
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

async function bring(jpeg: Uint8Array, id = draftId): Promise<void> {
  const step = 36_000
  for (let at = 0; at < jpeg.length; at += step) {
    const part = { draftId: id, bytes: jpeg.length, at, base64: base64(jpeg.slice(at, at + step)) }
    expect(await session().call('photo.hold', part)).toMatchObject({ ok: true })
  }
}
const hold = (part: Record<string, unknown>) =>
  session().call('photo.hold', { draftId, bytes: 4, at: 0, base64: '/9j/2Q==', ...part })
const apply = (more: Record<string, unknown> = {}, role?: 'attendant') =>
  session(role).call('device.apply', {
    laneId: 'exit',
    wanted: { heightCm: 260 },
    commandId: 'cmd-00000001',
    photoDraft: draftId,
    ...who,
    ...more,
  })
const measured = () => lot.rsu.store.stored?.measured['heightCm']
const audits = () => [...lot.ledger.rows(0)].filter((row) => row.kind === 'audit')

it('comes in parts, and is kept byte by byte with the record that names it', async () => {
  const jpeg = headOfJpeg(1600, 1200, 'c0', 100_000)
  await bring(jpeg)
  expect(readdirSync(dir)).toEqual([])
  expect(await apply()).toMatchObject({ ok: true, data: { repeated: false } })
  const { photo = null, value } = measured() ?? {}
  expect([value, photo]).toEqual([260, expect.stringMatching(/^\d{8}-\d{6}-exit-\d+$/)])
  expect(await readPhoto(dir, photo ?? '')).toEqual(Buffer.from(jpeg))
  expect(audits().map(({ body }) => body)).toMatchObject([
    { act: 'device.apply heightCm ?->260, photo', by: '装机员' },
  ])
  expect(await apply()).toMatchObject({ ok: true, data: { repeated: true } })
  expect(readdirSync(join(dir, 'devices', 'photos'))).toHaveLength(1)
  expect(await apply({ commandId: 'cmd-00000002', wanted: { heightCm: 255 } })).toMatchObject({
    error: { code: 'ARG-01', field: '/photoDraft' },
  })
})

it('every part fits the smallest body, so that no limit had to grow for it', () => {
  const part = { draftId: 'x'.repeat(64), bytes: photoUploadBytesMax, at: photoUploadBytesMax }
  const body = JSON.stringify({
    name: 'photo.hold',
    args: { ...part, base64: 'A'.repeat(photoPartCharsMax) },
  })
  expect(Buffer.byteLength(body)).toBeLessThan(apiLimits.bodyBytesMax)
  expect(api['photo.hold'].right).toBe('bringer')
})

describe('is refused', () => {
  it.each([
    ['no image', Buffer.from('MZ this is a program')],
    ['a PNG, which the window makes a JPEG of', headOfPng(16, 16)],
    ['a page', Buffer.from('<html><script>1</script>')],
    ['a begin and an end alone', Buffer.from('ffd8ffd9', 'hex')],
  ])('what is %s, whatever its name was', async (_what, bytes) => {
    await bring(bytes)
    expect(await apply()).toMatchObject({
      ok: false,
      error: { code: 'ARG-01', field: '/photoDraft' },
    })
    expect([measured(), audits(), readdirSync(dir)]).toEqual([undefined, [], []])
  })
  it('one that did not come whole', async () => {
    const jpeg = headOfJpeg(16, 16)
    await hold({ bytes: jpeg.length, base64: base64(jpeg.slice(0, 9)) })
    expect(await apply()).toMatchObject({ error: { code: 'ARG-01', field: '/photoDraft' } })
    expect([measured(), audits()]).toEqual([undefined, []])
  })
  it.each([
    ['too large, before a byte of it is held', { bytes: attachmentBytesMax + 1 }, 'ARG-01'],
    ['a part that is not the next', { at: 3 }, 'ARG-01'],
    ['more bytes than were said', { bytes: 3 }, 'ARG-01'],
    ['a length of nothing', { bytes: 0 }, 'API-01'],
    ['a length that is none', { bytes: 1e300 }, 'API-01'],
    ['a part from before its begin', { at: -1 }, 'API-01'],
    ['a part that is no base64', { base64: '/9j/2Q' }, 'API-01'],
    ['a part that is too long', { base64: 'A'.repeat(photoPartCharsMax + 4) }, 'API-01'],
    ['a path for a name', { draftId: '../../ledger' }, 'API-01'],
    ['a name of a file', { name: '/etc/passwd' }, 'API-01'],
  ])('%s', async (_what, part, code) => {
    expect(await hold(part)).toMatchObject({ ok: false, error: { code } })
    expect(await apply()).toMatchObject({ ok: false })
    expect([measured(), audits(), readdirSync(dir)]).toEqual([undefined, [], []])
  })
  it('a gap, and a part once more: bytes nobody sent are no photo', async () => {
    const jpeg = headOfJpeg(16, 16)
    await hold({ bytes: jpeg.length, base64: base64(jpeg.slice(0, 9)) })
    for (const at of [6, 12])
      expect(
        await hold({ bytes: jpeg.length, at, base64: base64(jpeg.slice(at, at + 3)) }),
      ).toMatchObject({ error: { code: 'ARG-01', field: '/at' } })
    expect(await hold({ bytes: jpeg.length, at: 9, base64: base64(jpeg.slice(9)) })).toMatchObject({
      data: { bytes: jpeg.length },
    })
  })
  it('another length in the middle of it', async () => {
    const jpeg = headOfJpeg(16, 16)
    await hold({ bytes: jpeg.length, base64: base64(jpeg.slice(0, 9)) })
    const next = { at: 9, base64: base64(jpeg.slice(9)) }
    expect(await hold({ ...next, bytes: jpeg.length + 1 })).toMatchObject({
      error: { code: 'ARG-01', field: '/at' },
    })
    expect(await hold({ ...next, bytes: jpeg.length })).toMatchObject({ ok: true })
    expect(await apply()).toMatchObject({ ok: true })
  })
  it('from an auditor, who brings nothing, and is an attendant in no record of a device', async () => {
    const part = { draftId, bytes: 4, at: 0, base64: '/9j/2Q==' }
    expect(await session('auditor').call('photo.hold', part)).toMatchObject({
      error: { code: 'API-02' },
    })
    expect(await session('attendant').call('photo.hold', part)).toMatchObject({ ok: true })
    expect(await apply({}, 'attendant')).toMatchObject({ error: { code: 'API-02' } })
  })
  it('with nothing that was set by hand, as `--photo` is', async () => {
    await bring(headOfJpeg(16, 16))
    expect(await apply({ wanted: { powerStep: 12 } })).toMatchObject({
      error: { code: 'ARG-01', field: '/photoDraft' },
    })
    expect(lot.rsu.written).toEqual([])
  })
  it('beside the id of another, and an id that leads elsewhere', async () => {
    await bring(headOfJpeg(16, 16))
    expect(await apply({ photo: '20261120-081502-exit-17' })).toMatchObject({
      error: { code: 'ARG-01' },
    })
    expect(await apply({ photoDraft: undefined, photo: '../../ledger' })).toMatchObject({
      error: { code: 'API-01', field: '/photo' },
    })
    expect(measured()).toBeUndefined()
  })
})

it('a disk that does not take it leaves no record that names it', async () => {
  writeFileSync(join(dir, 'devices'), 'a file where the folder would be')
  await bring(headOfJpeg(16, 16))
  expect(await apply()).toMatchObject({ error: { code: 'DATA-01' } })
  expect(measured()).toBeUndefined()
})

it('a fifth one takes the place of the oldest: what is held is bounded', async () => {
  const jpeg = headOfJpeg(16, 16)
  for (let n = 1; n <= 5; n++) await bring(jpeg, `draft-000${n}`)
  expect(await apply()).toMatchObject({ error: { code: 'ARG-01', field: '/photoDraft' } })
  expect(await apply({ photoDraft: 'draft-0005' })).toMatchObject({ ok: true })
})
