// P15 and F22 in the window: the content of a file is shown as text only, and a boom that rose
// by itself is reported on the board.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { i18n } from '#renderer/i18n/index.ts'
import { boards, lane } from '../pages/lane/lane-views.ts'
import { all, named, one, openPage, settle, showBoard } from './page.ts'
import { profileLibrary, profilesJudged, signed } from '../pages/profiles/profile-views-kit.ts'
import { ScriptedLot } from './scripted-lot.ts'

const script = '<script>window.hurt = true</script>'
const image = '<img src="x" onerror="window.hurt = true">'
const link = '<a href="javascript:alert(1)">x</a>'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))
afterEach(() => {
  i18n.global.locale.value = 'zh'
})

const nothingRan = (): void => {
  expect(Object.hasOwn(window, 'hurt')).toBe(false)
  expect(all('main script, main img[src="x"], main a[href^="javascript"]')).toHaveLength(0)
}

describe('the profiles screen', () => {
  it('P15 script and HTML in the texts of a library are shown as text', async () => {
    const [first, ...rest] = profileLibrary.rows
    if (first === undefined) throw new Error('the kit has rows')
    const hostile = {
      ...first,
      vendor: 'acme',
      title: { zh: script, en: image },
      signature: { ...signed, by: link },
    }
    lot.answers('profiles.library', { ...profileLibrary, rows: [hostile, ...rest] })
    await openPage(lot, '/profiles')
    const text = one(named('library')).textContent
    expect(text).toContain(link)
    i18n.global.locale.value = 'en'
    await settle()
    nothingRan()
    expect(one(named('library')).innerHTML).not.toContain('<img src="x"')
  })
  it('P15 script and HTML in a file that is judged are shown as text', async () => {
    const [first] = profilesJudged.files
    if (first === undefined) throw new Error('the kit has verdicts')
    const hostile = {
      ...first,
      file: `${image}.json`,
      title: { zh: script, en: image },
      differing: 1,
      differences: [{ change: 'changed' as const, pointer: '/title/zh', old: script, new: image }],
      findings: [{ code: 'PROFILE-01' as const, pointer: '/x', value: image, note: script }],
    }
    lot.answers('profiles.hold', { files: 1, bytes: 2 })
    lot.answers('profiles.judge', { ...profilesJudged, files: [hostile] })
    await openPage(lot, '/profiles')
    const event = new Event('drop', { bubbles: true, cancelable: true })
    const files = [new File(['{}'], 'a.json')]
    Object.assign(event, { dataTransfer: { items: [], files } })
    one(named('profiles')).dispatchEvent(event)
    for (let turn = 0; turn < 5; turn++) await settle()
    expect(one(named('verdicts')).textContent).toContain(image)
    nothingRan()
  })
})

describe('the board', () => {
  it.each([
    ['zh', '没有收到命令'],
    ['en', 'without a command'],
  ] as const)('F22 a boom that rose by itself is an alarm, in %s', async (language, words) => {
    await openPage(lot, '/lane')
    i18n.global.locale.value = language
    await showBoard(lot, { ...boards.normal, lanes: [lane()] })
    expect(all(named('opened-alone'))).toHaveLength(0)
    const openedAloneAtIso = '2026-03-14T10:02:09.000+08:00'
    await showBoard(lot, { ...boards.normal, lanes: [lane({ openedAloneAtIso })] })
    expect(one(named('opened-alone')).textContent).toContain(words)
    expect(one(named('opened-alone')).textContent).toContain('10:02:09')
    expect(one(named('opened-alone')).getAttribute('role')).toBe('alert')
  })
  it.each([
    ['zh', '道闸开着', '没有人和车'],
    ['en', 'the boom is up', 'no person and no car'],
  ] as const)('a boom that nothing lowers calls a person, in %s', async (language, what, todo) => {
    await openPage(lot, '/lane')
    i18n.global.locale.value = language
    await showBoard(lot, { ...boards.normal, lanes: [lane()] })
    expect(all(named('left-up'))).toHaveLength(0)
    const leftUpAtIso = '2026-03-14T10:02:09.000+08:00'
    await showBoard(lot, { ...boards.normal, lanes: [lane({ leftUpAtIso })] })
    expect(one(named('left-up')).textContent).toContain(what)
    expect(one(named('left-up')).textContent).toContain(todo)
    expect(one(named('left-up')).textContent).toContain('10:02:09')
    expect(one(named('attention')).textContent).toContain(what)
  })
})
