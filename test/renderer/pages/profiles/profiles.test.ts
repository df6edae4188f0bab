// The profiles screen: the library in words, files judged before anything is written, the chosen ones accepted
// with name and reason, the last import undone; refused files cannot be chosen.
import { beforeEach, describe, expect, it } from 'vitest'
import { profileLibrary, profilesJudged } from './profile-views-kit.ts'
import {
  all,
  choose,
  named,
  one,
  openPage,
  settle,
  type,
  faultWhat,
  wordOf,
  press,
  textOf,
  hit,
  sign,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot

beforeEach(() => {
  lot = new ScriptedLot()
  lot.answers('profiles.hold', { files: 4, bytes: 8 })
  lot.answers('profiles.drop', { files: 0, bytes: 0 })
  lot.answers('profiles.judge', profilesJudged)
})

const open = (): Promise<unknown> => openPage(lot, '/profiles')

/** Drops files on the page as a person does. */
async function drop(files: readonly File[]): Promise<void> {
  const event = new Event('drop', { bubbles: true, cancelable: true })
  Object.assign(event, { dataTransfer: { items: [], files } })
  one(named('profiles')).dispatchEvent(event)
  for (let turn = 0; turn < 5; turn++) await settle()
}
const file = (name: string, content = '{}'): File => new File([content], name)

describe('the library', () => {
  it('says kind, evidence, signer and lanes in words; those in use come first', async () => {
    await open()
    const rows = all(`${named('library')} tbody tr`).map((row) => row.innerText)
    expect(rows).toHaveLength(4)
    expect(rows[0]).toContain('出口')
    const text = rows.join(' ')
    for (const word of [
      '天线',
      '地感',
      '○ 推定',
      '✓ 实机验证',
      '▲ 经模拟',
      '测试签名人',
      '▲ 未签名',
    ])
      expect(text).toContain(word)
    await type('input[name="search"]', '道闸')
    expect(all(`${named('library')} tbody tr`)).toHaveLength(1)
    await type('input[name="search"]', 'zzz')
    expect(textOf('profiles')).toContain(wordOf('profiles.empty'))
  })

  it('opens what a profile says to people, and closes it', async () => {
    const row = (zh: string) => ({
      name: { zh, en: zh },
      text: { zh: '为何', en: 'why' },
      source: 'own',
    })
    const parts = [{ title: { zh: '要在设备上设置', en: 'To be set' }, rows: [row('联动关闭')] }]
    lot.answers('profiles.sheet', { ...profileLibrary.rows[1], parts })
    await open()
    await press('open-sheet')
    const said = textOf('profile-sheet')
    for (const word of ['要在设备上设置 · 1', '联动关闭', '为何', '[own]'])
      expect(said).toContain(word)
    expect(lot.sent('profiles.sheet').map(({ args }) => args['id'])).toEqual([
      'rsu/generic/generic-ver',
    ])
    await press('open-sheet')
    expect(all(named('profile-sheet'))).toHaveLength(0)
    lot.refuses('profiles.sheet', 'PROFILE-19')
    await press('open-sheet')
    expect(textOf('profile-sheet')).toContain('PROFILE-19')
  })

  it('that cannot be read is said, with the code, and read again', async () => {
    lot.refuses('profiles.library', 'FILE-01')
    await open()
    expect(textOf('profiles')).toContain(wordOf('profiles.none'))
    expect(textOf('profiles-error')).toContain('FILE-01')
    lot.answers('profiles.library', profileLibrary)
    await hit('F5')
    expect(all(`${named('library')} tbody tr`)).toHaveLength(4)
  })

  it('without an import has nothing to take back', async () => {
    lot.answers('profiles.library', { ...profileLibrary, canUndo: false })
    await open()
    expect(one(named('undo')).hasAttribute('disabled')).toBe(true)
  })
})

describe('files that are brought', () => {
  it('go over as bounded parts in order, a huge one without its content', async () => {
    await open()
    const huge = file('huge.json')
    Object.defineProperty(huge, 'size', { value: 3_000_000_000 })
    await drop([file('one.json', 'x'.repeat(80_000)), huge])
    const parts = lot
      .sent('profiles.hold')
      .flatMap(
        ({ args }) =>
          args['parts'] as { name: string; bytes: number; at: number; base64: string }[],
      )
    expect(parts.map(({ name, bytes, at }) => [name, bytes, at])).toEqual([
      ['one.json', 80_000, 0],
      ['one.json', 80_000, 36_000],
      ['one.json', 80_000, 72_000],
      ['huge.json', 3_000_000_000, 0],
    ])
    expect(parts.at(-1)?.base64).toBe('')
    for (const { args } of lot.sent('profiles.hold')) {
      const held = args['parts'] as { base64: string }[]
      expect(held.reduce((sum, { base64 }) => sum + base64.length, 0)).toBeLessThanOrEqual(48_000)
    }
  })

  it('by which no device works are said to be', async () => {
    await open()
    await drop([file('same.json')])
    const said = all(named('drives-nothing')).map((row) => row.innerText)
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(`▲ ${faultWhat('PROFILE-26')}`)
    expect(said[0]).toContain('资料里的参数不生效')
  })

  it('get a verdict each; what is refused or the same cannot be chosen', async () => {
    await open()
    await drop([file('one.json')])
    const text = textOf('verdicts')
    for (const word of [
      '✓ 新资料',
      '✓ 更新',
      '修订 4 → 5',
      '✕ 不接受',
      'FILE-02',
      '使用车道：出口',
    ])
      expect(text).toContain(word)
    const boxes = all(`${named('verdicts')} input`) as HTMLInputElement[]
    expect(boxes.map(({ checked, disabled }) => [checked, disabled])).toEqual([
      [true, false],
      [true, false],
      [false, true],
      [false, true],
    ])
    expect(lot.sent('profiles.accept')).toEqual([])
  })

  it('are accepted as chosen, once, with name and reason', async () => {
    await open()
    await drop([file('one.json')])
    await choose(`${named('verdicts')} input`, 0)
    const [first] = all(`${named('verdicts')} input`) as HTMLInputElement[]
    if (first === undefined) throw new Error('no box')
    first.checked = false
    first.dispatchEvent(new Event('change'))
    await settle()
    await press('accept')
    expect(one('.el-dialog').innerText).toContain('影响 演示停车场 的车道 出口')
    await sign('装机员')
    expect(lot.argsOf('profiles.accept')).toMatchObject([
      { names: ['two.json'], generation: 1, by: '装机员' },
    ])
  })

  it('stay with their verdicts when accepting is refused', async () => {
    await open()
    await drop([file('one.json')])
    lot.refuses('profiles.accept', 'PROFILE-22')
    await press('accept')
    await sign('装机员')
    expect(one('.el-dialog').innerText).toContain('PROFILE-22')
    expect(all(named('verdicts'))).toHaveLength(1)
  })

  it('that cannot be brought over are told, and nothing is judged', async () => {
    await open()
    lot.refuses('profiles.hold', 'PROFILE-19')
    await drop([file('one.json')])
    expect(textOf('profiles-error')).toContain('PROFILE-19')
    expect(lot.sent('profiles.judge')).toEqual([])
  })

  it('that are none are said to be none', async () => {
    await open()
    await drop([])
    expect(textOf('profiles-error')).toContain('PROFILE-19')
    expect(lot.sent('profiles.hold')).toEqual([])
  })

  it('are let go on request', async () => {
    await open()
    await drop([file('one.json')])
    await press('discard')
    expect(all(named('verdicts'))).toHaveLength(0)
    expect(lot.sent('profiles.drop').length).toBeGreaterThan(0)
  })

  it('are judged as what they are, though those before are still being let go', async () => {
    await open()
    await drop([file('one.json')])
    const answers: (() => void)[] = []
    const later = (): Promise<void> => new Promise((done) => answers.push(done))
    lot.waits.set('profiles.drop', later())
    one(named('discard')).click()
    lot.waits.clear()
    lot.waits.set('profiles.hold', later())
    await drop([file('two.json')])
    for (const answer of answers) {
      answer()
      await settle()
    }
    expect(lot.sent('profiles.judge').at(-1)?.args).toEqual({
      draftId: lot.sent('profiles.hold').at(-1)?.args['draftId'],
    })
    expect(all(named('verdicts'))).toHaveLength(1)
  })
})

describe('taking back', () => {
  it('shows what would go before it asks who and why', async () => {
    lot.answers('profiles.undoPlan', {
      generation: 1,
      rows: [{ id: 'rsu/acme/one', change: 'removed', lanes: [] }],
    })
    await open()
    await press('undo')
    expect(textOf('undo-plan')).toContain('移除 rsu/acme/one')
    expect(lot.sent('profiles.undo')).toEqual([])
    await sign('装机员')
    expect(lot.argsOf('profiles.undo')).toMatchObject([{ generation: 1 }])
  })

  it('that a lane forbids says why and asks nothing', async () => {
    lot.refuses('profiles.undoPlan', 'PROFILE-21')
    await open()
    await press('undo')
    expect(textOf('profiles-error')).toContain('PROFILE-21')
    expect(all('.el-dialog')).toHaveLength(0)
  })
})
