// The photo of an instrument on the settings page: picked or dropped for a value set by hand, refused
// in words, sent in parts before the record, and shown where the record is shown.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { base64Of } from '#base/pure/data/base64.ts'
import { readPhotoFile, type Drawn } from '#renderer/kit/forms/photo-file.ts'
import { photoBytesMax } from '#base/pure/data/photo.ts'
import { headOfJpeg, headOfPng } from '../../firmware-runtime/base/pure/values/photo-kit.ts'
import { deviceSettings } from '../pages/devices/device-views-kit.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  type,
  wordOf,
  press,
  textOf,
  pass,
  sign,
  dropOn,
} from '../kit/page.ts'
import type { ScriptedLot } from '../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../kit/fake-time.ts'

let lot: ScriptedLot

const fileOf = (bytes: Uint8Array<ArrayBuffer>, name = 'photo.jpg'): File =>
  new File([bytes], name, { type: 'image/jpeg' })

async function openDialog(setting = 'heightCm', value = '255'): Promise<void> {
  await openPage(lot, '/devices/settings')
  await type(`input[name="${setting}"]`, value)
  await pass(200)
  await press('write')
}
const drop = (...files: File[]): Promise<void> => dropOn('photo-drop', files)
async function record(): Promise<void> {
  await sign('装机员')
  for (let i = 0; i < 4; i++) await settle()
}

beforeEach(() => {
  lot = lotOnFakeTime()
  // The picture decodes; the canvas is tested in the real window (test/e2e).
  vi.stubGlobal('createImageBitmap', () =>
    Promise.resolve({ width: 640, height: 480, close: () => undefined }),
  )
  const pen = { fillRect: () => undefined, drawImage: () => undefined }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as never)
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) =>
    done(new Blob([headOfJpeg(640, 480)])),
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

it('goes over in parts before the record, which names it', async () => {
  const jpeg = headOfJpeg(640, 480, 'c0', 80_000)
  await openDialog()
  // By keyboard: the button is in the Tab order, the input behind it is hidden.
  const picker = one('input[name="photo"]')
  const clicked = vi.fn()
  picker.addEventListener('click', clicked)
  one(named('photo-pick')).click()
  expect([picker.getAttribute('type'), clicked.mock.calls.length]).toEqual(['file', 1])
  await drop(fileOf(jpeg))
  expect(textOf('photo-drop')).toContain(wordOf('photo.asItIs', { kb: 79 }))
  await record()
  const parts = lot.argsOf('photo.hold')
  expect(parts.map(({ at, bytes }) => [at, bytes])).toEqual(
    [0, 36_000, 72_000].map((at) => [at, jpeg.length]),
  )
  const came = parts.map(({ base64 }) => atob(String(base64)))
  expect(came.join('')).toBe(atob(base64Of(jpeg)))
  const [{ args: act } = { args: {} as Record<string, unknown> }] = lot.sent('device.apply')
  expect(act).toMatchObject({ wanted: { heightCm: 255 }, photoDraft: act['commandId'] })
  expect(parts[0]?.['draftId']).toBe(act['commandId'])
  const names = lot.calls.map(({ name }) => name)
  expect(names.indexOf('device.apply')).toBeGreaterThan(names.lastIndexOf('photo.hold'))
})

it('what is no photo is refused in words and not sent; the value can be recorded without', async () => {
  await openDialog()
  await drop(fileOf(new TextEncoder().encode('no picture at all')))
  expect(textOf('photo-refused')).toContain('不是 JPEG 或 PNG 图片')
  expect(textOf('photo-refused')).toContain('ARG-01')
  await drop(fileOf(headOfJpeg(8, 8)), fileOf(headOfJpeg(8, 8)))
  expect(textOf('photo-refused')).toContain(wordOf('photo.refused.many'))
  await record()
  expect(lot.sent('photo.hold')).toEqual([])
  expect(lot.sent('device.apply')[0]?.args).not.toHaveProperty('photoDraft')
})

it('can be left out again', async () => {
  await openDialog()
  await drop(fileOf(headOfJpeg(640, 480)))
  await press('photo-out')
  await record()
  expect(lot.sent('photo.hold')).toEqual([])
})

it('a refusal on the way is said in the dialog, and nothing is recorded', async () => {
  lot.refuses('photo.hold', 'ARG-01', { field: '/at' })
  await openDialog()
  await drop(fileOf(headOfJpeg(640, 480)))
  await record()
  expect(one('form.act').innerText).toContain('ARG-01')
  expect(lot.sent('device.apply')).toEqual([])
})

it('is not asked for where nothing is set by hand', async () => {
  await openDialog('powerStep', '12')
  expect(all('input[name="photo"]')).toEqual([])
})

it('stands beside the value that it shows, small, and opens large', async () => {
  const view = deviceSettings()
  const photo = '20261120-081502-exit-17'
  lot.device = deviceSettings({
    settings: view.settings.map((one) =>
      one.measured === null ? one : { ...one, measured: { ...one.measured, photo } },
    ),
  })
  lot.photoBase64 = base64Of(headOfJpeg(8, 8))
  await openPage(lot, '/devices/settings')
  await settle()
  expect(lot.argsOf('photo.get')).toEqual([{ photoId: photo }])
  expect(one(named('photo')).getAttribute('aria-label')).toContain(
    wordOf('photo.of', { title: '天线离地高度' }),
  )
  await press('photo')
  expect(one(named('photo-large')).getAttribute('src')).toMatch(/^data:image\/jpeg;base64,/)
})

it('one that is gone says so', async () => {
  const view = deviceSettings()
  const photo = '20261120-081502-exit-17'
  lot.device = deviceSettings({
    settings: view.settings.map((one) =>
      one.measured === null ? one : { ...one, measured: { ...one.measured, photo } },
    ),
  })
  await openPage(lot, '/devices/settings')
  await settle()
  expect(textOf('photo-gone')).toContain(wordOf('photo.gone'))
})

it('a file becomes what is kept: as it is, smaller, or refused', async () => {
  const draw = (drawn: Drawn | null) => () => Promise.resolve(drawn)
  const made = { jpeg: headOfJpeg(1600, 1200), width: 4000, height: 3000 }
  const large = await readPhotoFile(fileOf(headOfJpeg(4000, 3000)), draw(made))
  expect(large).toMatchObject({ jpeg: made.jpeg, from: { width: 4000, height: 3000 } })
  const own = headOfJpeg(800, 600)
  const small = await readPhotoFile(fileOf(own), draw({ ...made, width: 800, height: 600 }))
  expect(small).toMatchObject({ jpeg: own, from: null })
  const png = await readPhotoFile(fileOf(headOfPng(16, 16), 'a.jpg'), draw(made))
  expect(png).toMatchObject({ jpeg: made.jpeg, from: null })
  expect(await readPhotoFile(fileOf(own), draw(null))).toBe('cannotOpen')
  const huge = fileOf(headOfJpeg(8, 8))
  Object.defineProperty(huge, 'size', { value: photoBytesMax + 1 })
  expect(await readPhotoFile(huge, draw(made))).toBe('tooLarge')
})
