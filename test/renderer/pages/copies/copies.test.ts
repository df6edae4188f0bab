// The page of copies: an old copy is called old, a copy and a restore start by a press, and the recovery key is shown
// once, on sheets to print and to save. A person without the right has no button.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { BackupView } from '#ledger/calls/backup-views.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { copiesView } from './copies-view.ts'
import { isoAt } from '../lane/lane-views.ts'
import {
  all,
  named,
  one,
  openPage,
  submit,
  type,
  wordOf,
  press,
  textOf,
  click,
  sign,
} from '../../kit/page.ts'
import { ScriptedLot, seatOf } from '../../kit/scripted-lot.ts'
import { closePage } from '../../kit/opened-page.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))

const copyAt = (time: string): NonNullable<BackupView['last']> => ({
  atIso: isoAt(time),
  place: '/media/stick/copies/A0001.etc',
  headSeq: 1842,
  headHash: 'a'.repeat(64),
})
const testAt = (time: string): NonNullable<BackupView['tested']> => ({
  testedAtIso: isoAt(time),
  opened: 4,
  older: 12,
  photos: { opened: 10, damaged: { count: 0, files: [] } },
  ...copyAt(time),
})
async function open(over: Partial<BackupView>, role: Role | null = null): Promise<void> {
  lot.copies = copiesView(over)
  if (role !== null) lot.seat = seatOf(role)
  await openPage(lot, '/copies')
}
const isThere = (name: string): boolean => all(named(name)).length > 0

describe('how old a copy is', () => {
  // The lot's clock shows 10:15:20.
  it.each([
    ['10:05:20', '✓', '10 分钟前'],
    ['09:40:20', '▲', '旧的'],
  ])('%s is %s', async (time, mark, says) => {
    await open({ last: copyAt(time), tested: testAt('03:10:00') })
    expect(textOf('last')).toContain(mark)
    expect(textOf('last')).toContain(says)
    expect(textOf('tested')).toContain('✓')
    expect(textOf('place')).toBe('/media/stick/copies')
  })

  it('none since the start is no success, nor is a place or a key that is not there', async () => {
    await open({ last: null, tested: null, to: null, keyId: null, keyMadeAtIso: null })
    expect(textOf('last')).toBe(`▲ ${wordOf('copies.notYet')}`)
    expect(textOf('no-place')).toContain('▲')
    expect(textOf('no-key')).toContain('✕')
    expect((one(named('copy-now')) as HTMLButtonElement).disabled).toBe(true)
  })

  it('a try that failed says why, beside the copy of before', async () => {
    await open({ last: copyAt('09:00:00'), fault: { code: 'COPY-01', note: 'ENOSPC' } })
    expect(textOf('copies')).toContain('COPY-01')
    expect(textOf('last')).toContain('旧的')
  })
})

it('a test says what it looked at and what it did not', async () => {
  await open({ tested: testAt('03:10:00') })
  expect(textOf('test-looked')).toContain('核对了 4 份')
  expect(textOf('test-looked')).toContain('另有 12 份没有打开 · 照片打开了 10 张')
  expect(textOf('test-looked')).not.toContain('▲')
  const damaged = { count: 2, files: [] }
  await open({ tested: { ...testAt('03:10:00'), older: 0, photos: { opened: 9, damaged } } })
  expect(textOf('test-looked')).toMatch(/没有别的副本 · 照片打开了 9 张 +· ▲ 2 张照片的副本坏了/)
  await open({ tested: { ...testAt('03:10:00'), photos: null } })
  expect(textOf('test-looked')).toContain(`▲ ${wordOf('copies.looked.noPhotos')}`)
})

it('a copy and a restore are made by press, and a refusal is no success', async () => {
  await open({})
  lot.answers('backup.now', copyAt('10:15:20'))
  await press('copy-now')
  expect(lot.argsOf('backup.now')).toEqual([{ begin: false }])
  expect(textOf('copies')).toContain(`✓ ${wordOf('copies.did.now')}`)
  lot.refuses('backup.test', 'COPY-02')
  await press('copy-test')
  expect(textOf('copies')).toContain('COPY-02')
  expect(textOf('copies')).not.toContain('✓ 副本')
  // The stored copies are damaged, so a new full copy is offered.
  await press('copy-begin')
  expect(lot.argsOf('backup.now').at(-1)).toEqual({ begin: true })
  expect(isThere('copy-begin')).toBe(false)
})

it('a server is the place once its key was seen and agreed, and its password typed', async () => {
  const hostKey = `SHA256:${'k'.repeat(43)}`
  await open({})
  await press('set-place')
  await click(one('[name="copiesToKind"][value="server"]'))
  await type('[name="serverHost"]', 'nas.example')
  await type('[name="serverUser"]', 'lot')
  await type('[name="serverPath"]', '/copies')
  const to = 'sftp://lot@nas.example:22/copies'
  lot.refuses('backup.server', 'COPY-06')
  await press('look-server')
  expect(textOf('copy-place')).toContain('COPY-06')
  expect(isThere('host-key')).toBe(false)
  const seen = { hostKey, isWritten: false, roomBytes: null }
  lot.answers('backup.server', seen)
  await press('look-server')
  expect(lot.argsOf('backup.server').at(-1)).toEqual({ to, hostKey: null, password: null })
  expect(textOf('host-key')).toBe(hostKey)
  await sign('王老板')
  expect(lot.argsOf('backup.place')).toEqual([])
  await click(one('[name="serverAgreed"]'))
  await type('[name="serverPassword"]', 'Simulated 7')
  await submit()
  const wish = { to, hostKey, password: 'Simulated 7', by: '王老板' }
  expect(lot.argsOf('backup.place')).toMatchObject([wish])
})

it('photos there, those that come back, and those that are damaged', async () => {
  const file = 'photos/2026-03-01/p.etcseal'
  const damaged = { count: 1, files: [{ file, why: 'changed' as const }] }
  const { photos } = copiesView()
  await open({ photos: { ...photos, left: 7, damaged } })
  for (const said of ['▲', '812 张', '2 小时前', '7 张没送到', '1 张照片的副本坏了', file])
    expect(textOf('photos')).toContain(said)
  expect(isThere('leave-photos')).toBe(false)
  const back = { count: 900, brought: 40, damaged: { count: 0, files: [] }, isEnded: false }
  closePage()
  await open({ photos: { ...photos, there: null, left: null, back } })
  expect(textOf('photos')).toContain(wordOf('copies.photos.notYet'))
  expect(textOf('photos-back')).toContain('取回了 40 张，共 900 张')
  await press('leave-photos')
  await sign('王老板')
  expect(lot.argsOf('backup.leave')).toMatchObject([{ by: '王老板' }])
})

it('another address is another server: its key has to be seen anew', async () => {
  const hostKey = `SHA256:${'k'.repeat(43)}`
  await open({ to: 'sftp://lot@nas:2022/~/copies', hostKey })
  expect(textOf('agreed-key')).toBe(hostKey)
  await press('set-place')
  expect(textOf('host-key')).toBe(hostKey)
  expect((one('[name="serverPath"]') as HTMLInputElement).value).toBe('/~/copies')
  await type('[name="serverHost"]', 'other')
  expect(isThere('host-key')).toBe(false)
  await type('[name="serverHost"]', 'nas')
  await sign('王老板')
  const wish = { to: 'sftp://lot@nas:2022/~/copies', hostKey, password: null }
  expect(lot.argsOf('backup.place')).toMatchObject([wish])
})

it('the key is shown once, on each sheet, and saved as its file', async () => {
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download)
  })
  vi.stubGlobal('URL', {
    ...URL,
    createObjectURL: () => 'blob:x',
    revokeObjectURL: () => undefined,
  })
  await open({ keyId: null, keyMadeAtIso: null })
  const texts = ['AAAA-BBBB', 'CCCC-DDDD']
  const sheets = texts.map((one, i) => ({ fileName: `recovery-${i}.html`, html: `密钥 ${one}` }))
  const made = { keyId: 'K1', madeAtIso: isoAt('10:15:20'), texts, sheets }
  lot.answers('backup.key', made)
  await press('make-key')
  one('[name="split"]').click()
  await sign('王老板')
  expect(lot.argsOf('backup.key')).toMatchObject([{ split: true, replace: false, by: '王老板' }])
  expect(all(named('key-text')).map((one) => one.innerText)).toEqual(texts)
  await press('save-key')
  expect(saved).toEqual(['recovery-0.html', 'recovery-1.html'])
  expect((one(named('put-key')) as HTMLButtonElement).disabled).toBe(true)
  await click(one('[name="kept"]'))
  await press('put-key')
  expect(document.body.innerHTML).not.toContain('AAAA-BBBB')
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

it.each([
  ['owner', true, true],
  ['installer', true, false],
  ['support', true, false],
  ['auditor', false, false],
] as const)('%s has the buttons that the runtime would take', async (role, copies, key) => {
  await open({}, role)
  expect([isThere('copy-now'), isThere('copy-test')]).toEqual([copies, copies])
  expect(isThere('make-key')).toBe(key)
  expect(isThere('set-place')).toBe(key)
})
