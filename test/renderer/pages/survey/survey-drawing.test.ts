// The drawing of a survey in the window: points by arrow keys and typed figures, the error of the check shown
// while it changes, the grid's outline over the picture, a contradiction never recorded.
import { beforeEach, expect, it } from 'vitest'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import {
  named,
  one,
  openPage,
  settle,
  type,
  wordOf,
  press,
  textOf,
  click,
  changeTo as put,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { surveyPageView } from './survey-views-kit.ts'

const digest = 'AB'.repeat(32)
const drawing: SurveyBody = {
  kind: 'drawing',
  digest,
  mime: 'image/png',
  widthPx: 1_000,
  heightPx: 800,
  bytes: 9,
  title: '',
}
let lot: ScriptedLot

beforeEach(() => {
  lot = new ScriptedLot()
  lot.answers('survey.page', surveyPageView(3, [drawing]))
  lot.answers('survey.picture', { mime: 'image/png', base64: 'AAAA' })
})

async function open(): Promise<void> {
  await openPage(lot, '/survey')
  await press('open')
  await press('part-drawing')
}
async function key(handle: string, name: string, shiftKey = false): Promise<void> {
  const event = new KeyboardEvent('keydown', { key: name, shiftKey, bubbles: true })
  one(named(`handle-${handle}`)).dispatchEvent(event)
  await settle()
}
const button = (): HTMLButtonElement => one(named('scale-record')) as HTMLButtonElement

it('says what a drawing is for where there is none', async () => {
  lot.answers('survey.page', surveyPageView(3))
  await open()
  expect(document.body.innerText).toContain(wordOf('surveyDrawing.empty'))
  expect(document.querySelector(named('drawing'))).toBeNull()
})

it('is calibrated by keys and typed figures, and recorded as it was shown', async () => {
  await open()
  expect(button().disabled).toBe(true)
  // A and B are 800 pixels apart, C and D 480.
  await type('input[name="known"]', '16.00')
  await type('input[name="check"]', '9.60')
  expect(textOf('error')).toContain('✓ 验证误差 0.0 %')
  expect(one(named('outline')).getAttribute('points')?.split(' ')).toHaveLength(4)
  await key('D', 'ArrowUp', true)
  await key('D', 'ArrowUp', true)
  expect(textOf('error')).toContain('▲ 验证误差 4.2 %')
  await put('D-yPx', '160')
  await key('O', 'ArrowRight')
  expect((one('input[name="O-xPx"]') as HTMLInputElement).value).toBe('601')
  await click(button())
  expect(lot.sent('survey.add')[0]?.args['bodies']).toEqual([
    {
      kind: 'scale',
      digest,
      known: { from: { xPx: 100, yPx: 720 }, to: { xPx: 900, yPx: 720 }, lengthMm: 16_000 },
      check: { from: { xPx: 100, yPx: 640 }, to: { xPx: 100, yPx: 160 }, lengthMm: 9_600 },
      placed: { origin: { xPx: 601, yPx: 480 }, along: { xPx: 600, yPx: 240 } },
    },
  ])
})

it('never records a contradiction, nor what is no length', async () => {
  await open()
  await type('input[name="known"]', '16')
  await type('input[name="check"]', '4')
  expect(textOf('error')).toContain('✗')
  expect(button().disabled).toBe(true)
  await type('input[name="check"]', '9,6 m')
  expect(document.querySelector(named('error'))).toBeNull()
  expect(button().disabled).toBe(true)
  // A point stays within the picture.
  await put('A-xPx', '-50')
  expect((one('input[name="A-xPx"]') as HTMLInputElement).value).toBe('0')
})
