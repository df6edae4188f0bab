// The guided check in the window, by keyboard: one question at a time, an answer leads to the next, photos
// are sent in parts, measured values and the name plate are recorded as typed.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { photoBytesMax } from '#base/pure/data/photo.ts'
import { headOfJpeg } from '../../../firmware-runtime/base/pure/values/photo-kit.ts'
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
  dropOn,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { surveyPageView } from './survey-views-kit.ts'

let lot: ScriptedLot
const bodies = (): unknown => lot.sent('survey.add').at(-1)?.args['bodies']

beforeEach(() => {
  lot = new ScriptedLot()
  vi.stubGlobal('createImageBitmap', () =>
    Promise.resolve({ width: 640, height: 480, close: () => undefined }),
  )
  const pen = { fillRect: () => undefined, drawImage: () => undefined }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as never)
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) =>
    done(new Blob([headOfJpeg(640, 480)])),
  )
  Element.prototype.scrollIntoView ??= () => undefined
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function open(): Promise<void> {
  await openPage(lot, '/survey')
  await press('open')
  await press('part-checks')
}
async function key(name: string, at = named('check-card')): Promise<void> {
  one(at).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
  await settle()
}
const card = (): string => textOf('check-card')
const drop = (...files: File[]): Promise<void> => dropOn('picture-drop', files)
const fileOf = (bytes: Uint8Array<ArrayBuffer>): File =>
  new File([bytes], 'a.jpg', { type: 'image/jpeg' })

it('begins with the first that is open and says what to look at', async () => {
  await open()
  // The island was answered yes and lacks its photo.
  expect(card()).toContain('安全岛')
  expect(textOf('look')).toContain('挡住车辆碰撞')
  expect(all(`${named('check-card')} [role="status"]`)[0]?.innerText).toContain(
    wordOf('survey.photoNeed'),
  )
  expect(document.activeElement).toBe(one(named('check-card')))
  expect(all('.step')).toHaveLength(18)
})

it('takes an answer by one key, with remark and place, and goes on', async () => {
  await open()
  await key('ArrowDown')
  await type('input[name="where"]', '入口')
  await type('input[name="remark"]', '字迹褪色')
  await key('2')
  expect(bodies()).toEqual([
    {
      kind: 'check',
      item: 'D1',
      part: 'signs',
      answer: 'no',
      remark: '字迹褪色',
      where: '入口',
      photos: [],
    },
  ])
  expect(card()).toContain('标线与引导')
  // A yes that needs its photo stays on the question until the photo is there.
  await key('1')
  expect(card()).toContain('标线与引导')
  // "Not applicable" needs a reason.
  await key('3')
  expect(card()).toContain('标线与引导')
  await type('input[name="remark"]', '单车道')
  await key('3')
  // Three characters are none.
  expect(card()).toContain('标线与引导')
  await type('input[name="remark"]', '单车道出口,没有引导标线')
  await key('3')
  expect(card()).toContain('车道设备齐全')
})

it('a figure typed into a field is no answer', async () => {
  await open()
  await key('2', 'input[name="remark"]')
  expect(lot.sent('survey.add')).toEqual([])
  await key('PageDown', 'input[name="remark"]')
  expect(card()).toContain('标志标识')
})

it('a photo goes over in parts and is named by the act, with its place', async () => {
  await open()
  await type('input[name="where"]', '出口岛')
  const jpeg = headOfJpeg(640, 480, 'c0', 80_000)
  await drop(fileOf(jpeg))
  expect(lot.sent('photo.hold').map(({ args }) => args['at'])).toEqual([0, 36_000, 72_000])
  const [{ args } = { args: {} as Record<string, unknown> }] = lot.sent('survey.photo')
  expect(args).toMatchObject({ item: 'D1', part: 'island', where: '出口岛', at: null, remark: '' })
  expect(args['draftId']).toBe(lot.sent('photo.hold')[0]?.args['draftId'])
})

it('what is no photo, or too large, is refused in words, and nothing is sent', async () => {
  await open()
  await drop(fileOf(new TextEncoder().encode('x,y,level')))
  expect(textOf('picture-refused')).toContain('SURVEY-05')
  const huge = fileOf(headOfJpeg(8, 8))
  Object.defineProperty(huge, 'size', { value: photoBytesMax + 1 })
  await drop(huge)
  expect(textOf('picture-refused')).toContain('SURVEY-07')
  expect([...lot.sent('photo.hold'), ...lot.sent('survey.photo')]).toEqual([])
})

it('records height and angles over what is known of the antenna, and asks for a reason', async () => {
  const setup = { profile: 'acme/one', firmware: 'V2', settings: { powerStep: 4 } }
  const measured = { heightMm: 2_400, downDeg: null, yawDeg: null }
  lot.answers('survey.page', surveyPageView(1, [{ kind: 'setup', ...setup, ...measured }]))
  await open()
  await press('step-D2-geometry')
  expect(textOf('geometry')).toContain('▲ 天线高度宜 ≥ 2.5 m')
  await type('input[name="downDeg"]', '35°')
  await press('geometry-record')
  expect(lot.sent('survey.add')).toEqual([])
  expect(one('[role="alert"]').innerText).toContain('俯角')
  await type('input[name="downDeg"]', '35')
  await type('input[name="yawDeg"]', '40')
  await type('input[name="reason"]', '顶棚过低')
  await press('geometry-record')
  expect(bodies()).toEqual([
    { kind: 'setup', ...setup, heightMm: 2_400, downDeg: 35, yawDeg: 40 },
    { kind: 'deviation', item: 'D2', text: '顶棚过低', area: null },
  ])
})

it('sends the name plate as it was typed; what it does not say is null', async () => {
  lot.answers('survey.antennas', {
    rows: [{ profile: 'acme/one', title: { zh: '甲', en: 'one' } }],
  })
  await open()
  await press('step-D4-nameplate')
  await press('nameplate-record')
  expect(one('[role="alert"]').innerText).toContain(wordOf('surveyCheck.modelNeed'))
  await type('input[name="model"]', 'X1 ')
  await type('input[name="approvalNo"]', 'T-1')
  const list = one('select[name="profile"]') as HTMLSelectElement
  list.value = 'acme/one'
  list.dispatchEvent(new Event('change'))
  await press('nameplate-record')
  expect(lot.sent('survey.nameplate')[0]?.args).toMatchObject({
    model: 'X1',
    serialNo: null,
    approvalNo: 'T-1',
    hardwareVersion: null,
    profile: 'acme/one',
  })
})

it('says what the library said of the plate', async () => {
  lot.answers(
    'survey.page',
    surveyPageView(1, [
      {
        kind: 'nameplate',
        model: 'X1',
        serialNo: null,
        approvalNo: 'T-2',
        hardwareVersion: null,
        library: {
          profile: 'acme/one',
          revision: 1,
          approvals: [{ approvalNo: 'T-1', hardwareVersions: [] }],
        },
      },
    ]),
  )
  await open()
  await press('step-D4-nameplate')
  expect(textOf('plate-found')).toContain(`✗ ${wordOf('surveyCheck.found.differs')}`)
  expect(textOf('row-verdict')).toContain('不符合')
})

it('asks why an answer replaces another, and gives it again with the reason', async () => {
  lot.refuses('survey.add', 'SURVEY-42', { field: '/reason', value: 'D1' })
  await open()
  await key('2')
  expect(textOf('again')).toContain('D1 已经回答过')
  expect(document.querySelector('.fault')).toBeNull()
  await type('input[name="again-reason"]', '护栏已修好,现场复核过')
  await press('again-start')
  const [first, second] = lot.argsOf('survey.add')
  expect(second).toMatchObject({ bodies: first?.['bodies'], reason: '护栏已修好,现场复核过' })
  await press('again-no')
  expect(document.querySelector(named('again'))).toBeNull()
})

it('asks why a name plate replaces another', async () => {
  lot.refuses('survey.nameplate', 'SURVEY-42', { field: '/reason', value: 'D4' })
  await open()
  await press('step-D4-nameplate')
  await type('input[name="model"]', '示例天线')
  await press('nameplate-record')
  await type('input[name="again-reason"]', '铭牌抄错一位,已对照照片')
  await press('again-start')
  expect(lot.argsOf('survey.nameplate').map(({ reason }) => reason)).toEqual([
    undefined,
    '铭牌抄错一位,已对照照片',
  ])
})
