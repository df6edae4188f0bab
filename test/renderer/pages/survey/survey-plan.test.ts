// The plan of the day in the window before a survey begins: the sheet of the command line, by access, to print; and the step of a
// row that has not passed, under its reason.
import { expect, it, vi } from 'vitest'
import { plansOf } from '#survey/runs/planned-lanes.ts'
import { readLot } from '#lane/lot/files/lot-file.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import { planSheet } from '#survey/pure/field/plan-sheet.ts'
import { lotFile } from '../../../firmware-runtime/lane/lot/lot-kit.ts'
import { all, named, one, openPage, press, settle } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { surveyHere } from './survey-here.ts'

const plans = plansOf(readLot(JSON.stringify(lotFile()), 'lot.json'), baseRules)
const linesOf = (access: keyof typeof plans) =>
  planSheet(plans[access], 'zh').flatMap(({ lines }) => lines.map(chineseMarks))
const shown = () => all(`${named('day-plan')} p`).map(({ textContent }) => textContent)

it('shows the sheet by the access of the lanes, and prints it', async () => {
  const lot = new ScriptedLot()
  const here = { ...surveyHere, plans }
  lot.answers('survey.list', { surveys: [], unreadable: [], here })
  await openPage(lot, '/survey')
  expect(shown()).toEqual(linesOf('wire'))
  const access = one(`${named('day-plan')} select`) as HTMLSelectElement
  access.value = 'mobile'
  access.dispatchEvent(new Event('change'))
  await settle()
  expect(shown()).toEqual(linesOf('mobile'))
  expect(linesOf('mobile')).not.toEqual(linesOf('wire'))
  const print = vi.fn()
  vi.stubGlobal('print', print)
  await press('print-plan')
  expect(print).toHaveBeenCalledOnce()
})

it('has no plan where the folder has no lot', async () => {
  const lot = new ScriptedLot()
  lot.answers('survey.list', { surveys: [], unreadable: [], here: surveyHere })
  await openPage(lot, '/survey')
  expect(all(named('day-plan'))).toEqual([])
})
