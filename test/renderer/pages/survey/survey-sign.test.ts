// Signatures and the cover of a survey's report in the window: rows that have not passed prevent a signature until each
// of them is acknowledged in writing; the cover is edited where the report is made.
import { beforeEach, describe, expect, it } from 'vitest'
import { demoPicture } from '#harness/survey/demo-picture.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { readLogoFile } from '#renderer/pages/survey/report/logo-file.ts'
import { all, named, one, settle, type, wordOf, press, textOf, click } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { surveyPageView } from './survey-views-kit.ts'
import { keyAt, openSurvey } from './survey-page.ts'

let lot: ScriptedLot
const level = `input${named('level')}`

beforeEach(() => void (lot = new ScriptedLot()))

const open = (): Promise<void> => openSurvey(lot)
const key = (name: string): Promise<void> => keyAt(level, name)

describe('signatures', () => {
  const signer = 'input[name="signer"]'
  async function openResults(): Promise<void> {
    await open()
    await press('part-results')
  }
  async function sign(): Promise<void> {
    await press('sign')
  }
  const pen = (kind: string, clientX: number, clientY: number): void => {
    one(named('sign-pad')).dispatchEvent(
      new PointerEvent(kind, { clientX, clientY, bubbles: true, button: 0 }),
    )
  }

  /** Every row has passed, so a signature is possible. */
  function allPassed(): void {
    const page = { ...surveyPageView(), signing: null }
    lot.answers('survey.page', page)
  }

  it('need a name, and are kept with the typed name alone by keyboard', async () => {
    allPassed()
    await openResults()
    await sign()
    expect(lot.sent('survey.sign')).toHaveLength(0)
    expect(one('[role="alert"]').innerText).toContain(wordOf('survey.signNeed'))
    await type(signer, ' 示例 ')
    await sign()
    const { commandId, ...args } = lot.sent('survey.sign')[0]?.args ?? {}
    expect(commandId).toMatch(/^[0-9a-f-]{36}$/)
    expect(args).toMatchObject({ role: 'surveyor', signer: '示例', path: null })
    expect(args).not.toHaveProperty('despite')
  })

  it('are stopped by rows that have not passed, and go over each of them in writing alone', async () => {
    await openResults()
    const stop = surveyPageView().signing
    expect(textOf('sign-stop')).toContain('还不能签字：第 1、2、3、4')
    await type(signer, '示例')
    await sign()
    expect(lot.sent('survey.sign')).toHaveLength(0)
    expect(document.body.innerText).toContain(wordOf('surveyCover.overrideNeed'))
    await press('sign-override')
    await type('textarea[name="despite-reason"]', '业主要求先出一份报告')
    await type('input[name="despite-who"]', '李工')
    const ticks = all('input[type="checkbox"][name^="despite-"]')
    expect(ticks).toHaveLength(stop?.rows.length ?? 0)
    // All but one are not enough.
    for (const tick of ticks.slice(1)) tick.click()
    await settle()
    await sign()
    expect(lot.sent('survey.sign')).toHaveLength(0)
    await click(ticks[0])
    await sign()
    expect(lot.sent('survey.sign')[0]?.args).toMatchObject({
      signer: '示例',
      role: 'surveyor',
      despite: { rows: stop?.rows, reason: '业主要求先出一份报告', who: '李工' },
    })
  })

  it('keep the strokes of a pen inside their box', async () => {
    allPassed()
    await openResults()
    one(named('sign-pad')).getBoundingClientRect = () =>
      ({ left: 100, top: 50, width: 300, height: 100 }) as DOMRect
    await type(signer, '示例')
    pen('pointermove', 150, 60)
    pen('pointerdown', 150, 60)
    // A movement too small to be visible.
    pen('pointermove', 150, 60.5)
    pen('pointermove', 250, 100)
    pen('pointermove', 999, 999)
    pen('pointerup', 999, 999)
    pen('pointermove', 120, 60)
    await settle()
    await sign()
    expect(lot.sent('survey.sign')[0]?.args['path']).toBe('M100,20L100,20L300,100L600,200')
  })

  it('are kept while an act before is still under way, once however often it is pressed', async () => {
    allPassed()
    await open()
    const slow = Promise.withResolvers<void>()
    lot.waits.set('survey.add', slow.promise)
    await type(level, '-43.2')
    await key(' ')
    await press('part-results')
    await type(signer, '示例')
    await sign()
    await sign()
    expect(lot.sent('survey.add')).toHaveLength(1)
    expect(lot.sent('survey.sign')).toHaveLength(0)
    lot.waits.delete('survey.add')
    slow.resolve()
    await settle()
    expect(lot.sent('survey.sign')).toHaveLength(1)
  })

  it('are taken back while they are the last record, and not later', async () => {
    const signature: SurveyBody = { kind: 'signature', role: 'witness', name: '示例', path: null }
    lot.answers('survey.page', surveyPageView(20, [signature]))
    await openResults()
    expect(textOf('signatures')).toContain('见证人 示例')
    await press('sign-undo')
    expect(lot.sent('survey.undo')[0]?.args['point']).toBeUndefined()
    const later: SurveyBody = { kind: 'deviation', item: 'D1', text: 'x', area: null }
    lot.answers('survey.page', surveyPageView(20, [signature, later]))
    await press('back')
    await press('open')
    await press('part-results')
    expect(document.querySelector(named('sign-undo'))).toBeNull()
    expect(textOf('signatures')).toContain(wordOf('survey.signAfter', { after: 1 }))
  })
})

describe('the cover of the report', () => {
  const cover = {
    kind: 'cover',
    number: 'GX-2026-017',
    company: '示例检测公司',
    address: '示例路 1 号',
    representative: '王经理',
    logo: null,
  } satisfies SurveyBody

  it('is shown, edited by keyboard and sent whole', async () => {
    lot.answers('survey.page', surveyPageView(20, [cover]))
    await open()
    await press('part-results')
    expect(textOf('cover-said')).toBe('GX-2026-017 · 示例检测公司 · 示例路 1 号')
    await press('cover-edit')
    await type('input[name="cover-number"]', ' GX-2026-018 ')
    await press('cover-save')
    expect(lot.sent('survey.cover')[0]?.args).toMatchObject({
      number: 'GX-2026-018',
      company: '示例检测公司',
      address: '示例路 1 号',
      representative: '王经理',
    })
    expect(lot.sent('survey.cover')[0]?.args).not.toHaveProperty('logoDraftId')
  })

  it('that says nothing says so', async () => {
    await open()
    await press('part-results')
    expect(textOf('cover-said')).toContain(wordOf('surveyCover.empty'))
  })

  it('takes a logo that fits, smaller where it does not, and refuses what is no picture', async () => {
    const png = demoPicture(1)
    const edges: number[] = []
    const draw = (sizes: readonly number[]) => (_file: Blob, edge: number) => {
      edges.push(edge)
      return Promise.resolve(new Uint8Array(sizes[edges.length - 1] ?? 1))
    }
    const file = new Blob([new Uint8Array(png)])
    expect(await readLogoFile(file, draw([300_000, 300_000, 1_000]))).toHaveLength(1_000)
    expect(edges).toEqual([1_200, 600, 300])
    edges.length = 0
    expect(await readLogoFile(file, draw(Array<number>(9).fill(300_000)))).toBe('tooLarge')
    expect(await readLogoFile(new Blob(['GIF89a']))).toBe('notPicture')
    expect(await readLogoFile(file, () => Promise.resolve(null))).toBe('cannotOpen')
  })
})
