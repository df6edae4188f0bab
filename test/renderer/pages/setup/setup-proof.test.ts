// The row of survey and first car in the window: it follows the folder, says what is missing of each,
// and its buttons lead to the right page, during set-up and beside running lanes.
import { expect, it } from 'vitest'
import { noProof, type LotProof } from '#lane/desk/setup/lot-proof.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { t } from '#base/pure/words/fault-text.ts'
import {
  goodSurvey,
  MemoryPorts,
  wholeDraft,
} from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { all, named, openPage, wordOf, press, textOf } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { setupBoard } from './setup-views-kit.ts'

const car = {
  isThrough: true,
  facts: [
    [t('车牌', 'Plate'), t('测A·X+45', '测A·X+45')],
    [t('入场', 'Came in'), t('2026-01-05 09:00:00 入口', '2026-01-05 09:00:00 Entry')],
    [t('出场', 'Left'), t('2026-01-05 10:30:00 出口', '2026-01-05 10:30:00 Exit')],
    [t('应收', 'To pay'), t('¥ 5.00', '¥ 5.00')],
  ],
  lines: [],
} as const

async function opened(path: string, proof: Partial<LotProof>, lot = new ScriptedLot()) {
  lot.proof = { ...noProof, ...proof }
  await openPage(lot, path)
  await press('row-firstCar')
}
const row = (): string => textOf('row-firstCar').replace(/\s+/g, ' ')
const of = (step: 'survey' | 'car'): string => textOf(`proof-${step}`)

it('before there is a lot the survey can be done, and the car comes with the lanes', async () => {
  const lot = new ScriptedLot()
  lot.board = setupBoard
  lot.setup = new SetupService(new MemoryPorts(wholeDraft))
  await opened('/setup', { surveys: [{ ...goodSurvey, verdict: 'incomplete', open: ['D5'] }] }, lot)
  expect(row()).toContain('7 勘测和首车试验▲ 待补')
  expect(of('survey')).toContain('▲ 勘测“城东 出口”还没有通过：表 D.1 第 5 行')
  expect(of('car')).toContain('– 车道启动后做首车试验')
  expect(all(named('to-first-car'))).toEqual([])
  await press('to-survey')
  expect(all(named('surveys'))).toHaveLength(1)
})

it('beside lanes that run it is done with a survey that passed and a car that drove through', async () => {
  await opened('/settings', { surveys: [goodSurvey], firstCar: car })
  expect(row()).toContain('6 勘测和首车试验✓ 已通过')
  expect(of('survey')).toContain('✓ 勘测通过：城东 出口')
  expect(of('car')).toContain(
    '✓ 首车：入场 2026-01-05 09:00:00 入口，出场 2026-01-05 10:30:00 出口',
  )
  // The row does not name the car.
  expect(`${row()}${of('car')}`).not.toContain('测A')
})

it('a survey that fails refuses this row alone, and the first car has its button', async () => {
  await opened('/settings', { surveys: [{ ...goodSurvey, verdict: 'fail', failing: ['D7'] }] })
  expect(row()).toContain('6 勘测和首车试验✕ 不通过')
  expect(of('survey')).toContain('✕ 勘测“城东 出口”不通过：表 D.1 第 7 行')
  expect(of('car')).toContain('–')
  // Settings can be written all the same.
  expect(textOf('next')).toContain(wordOf('setup.running.look'))
  await press('to-first-car')
  expect(textOf('first-car')).toContain('首车')
})

it('the rows of a running lot are numbered without a gap, though people have a page of their own', async () => {
  await opened('/settings', { surveys: [goodSurvey], firstCar: car })
  const numbers = all('ol .row strong').map((one) => Number(/^\d+/.exec(one.innerText)?.[0]))
  expect(numbers.length).toBeGreaterThan(5)
  expect(numbers).toEqual(numbers.map((_, at) => at + 1))
})
