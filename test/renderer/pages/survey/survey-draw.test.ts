// The draw of clause 10.1.1.2 in the window: the same car parks as on the command line, all of a small number and all
// of a contractor's, and how many of them have a finished survey.
import { surveyHere } from './survey-here.ts'
import { beforeEach, expect, it } from 'vitest'
import type { SurveyLine } from '#survey/calls/survey-views.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import { drawLots, samplingOf } from '#survey/pure/file/sampling.ts'
import { digests } from '#renderer/sandbox/gm.ts'
import { all, named, one, openPage, settle, wordOf, textOf } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

const lots = Array.from({ length: 23 }, (_, i) => `停车场 ${i + 1}`)
const { drawn } = drawLots(
  lots,
  'operator',
  '3D 2026-11-20 4 0 7',
  digests.ofText,
  samplingOf(baseRules),
)
const line = (site: string, verdict: SurveyLine['verdict']): SurveyLine => ({
  name: `s-${site.length}-${verdict}`,
  createdAtIso: '2026-03-02T09:00:00+08:00',
  title: site,
  site,
  lane: '出口',
  records: 9,
  verdict,
  simulated: false,
  whole: true,
  failing: [],
  open: [],
})

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))

async function open(surveys: readonly SurveyLine[]): Promise<void> {
  lot.answers('survey.list', { surveys, unreadable: [], here: surveyHere })
  await openPage(lot, '/survey')
}
async function set(selector: string, value: string): Promise<void> {
  const field = one(selector) as HTMLInputElement
  field.value = value
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'))
  await settle()
}
const names = (): string[] =>
  all(`${named('drawn')} li`).map((item) => /(停车场 \d+)/.exec(item.innerText)?.[1] ?? '')

it('draws a fifth by its number, and says which are tested: finished surveys alone', async () => {
  const [first = '', second = ''] = drawn
  await open([line(first, 'pass'), line(second, 'incomplete')])
  await set('textarea[name="lots"]', lots.join('\n'))
  await set('input[name="source"]', '3D 2026-11-20')
  await set('input[name="value"]', '4 0 7')
  expect(names()).toEqual(drawn)
  expect(drawn).toHaveLength(5)
  expect(textOf('coverage')).toContain(
    `▲ ${wordOf('survey.sample.coverage', { lots: 23, drawn: 5, percent: 20 })}`,
  )
  const items = all(`${named('drawn')} li`).map((item) => item.innerText)
  expect(items.filter((text) => text.startsWith('✓'))).toHaveLength(1)
  // The order does not matter, nor does a car park named twice.
  await set('textarea[name="lots"]', [...lots.toReversed(), first].join(','))
  expect(names()).toEqual(drawn)
})

it('draws all for a contractor and of four or fewer, and is done when all have a survey', async () => {
  const four = lots.slice(0, 4)
  await open(four.map((site) => line(site, 'fail')))
  await set('textarea[name="lots"]', four.join('\n'))
  await set('input[name="source"]', '3D')
  await set('input[name="value"]', '1')
  expect(names().toSorted()).toEqual(four)
  expect(textOf('coverage')).toContain(
    `✓ ${wordOf('survey.sample.coverage', { lots: 4, drawn: 4, percent: 100 })}`,
  )
  await set('textarea[name="lots"]', lots.join('\n'))
  await set('select[name="party"]', 'contractor')
  expect(names()).toHaveLength(23)
})

it('says nothing without a car park, or without a public value', async () => {
  await open([])
  expect(all(named('coverage'))).toHaveLength(0)
  await set('textarea[name="lots"]', ' , \n')
  expect(all(named('coverage'))).toHaveLength(0)
  await set('textarea[name="lots"]', '甲')
  await set('input[name="source"]', '3D')
  expect(all(named('coverage'))).toHaveLength(0)
})

it('counts the access tests: of every access system, drawn or not', async () => {
  await open([])
  const three = ['甲', '乙', '丙']
  expect(all(named('access'))).toHaveLength(0)
  await set('textarea[name="lots"]', three.join('\n'))
  const said = (tested: number) => wordOf('survey.sample.access', { systems: 3, tested })
  expect(textOf('access')).toContain(`▲ ${said(0)}`)
  // A car park that will not be connected is not counted.
  await set('textarea[name="accessed"]', '乙\n丁')
  expect(textOf('access')).toContain(`▲ ${said(1)}`)
  const left = all(`${named('unaccessed')} li`).map((item) => item.innerText.trim().split(/\s+/)[1])
  expect(left).toEqual(['甲', '丙'])
  await set('textarea[name="accessed"]', three.toReversed().join(','))
  expect(textOf('access')).toContain(`✓ ${said(3)}`)
  expect(all(named('unaccessed'))).toHaveLength(0)
})
