// The row of survey and first car: what a folder must show, case by case. A car of simulated devices, one that is still
// inside and one removed by a recount prove nothing; a failed survey blocks no setting.
import { describe, expect, it } from 'vitest'
import { setupOf } from '#lane/desk/handlers/control-setup.ts'
import { firstCarSaid } from '#lane/desk/setup/first-car-said.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { noProof, type LotProof } from '#lane/desk/setup/lot-proof.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { present } from '#base/pure/values/must.ts'
import type { LedgerReader, StayView } from '#ledger/ports/ledger-reader.ts'
import type { SurveyLine } from '#survey/pure/file/survey-page.ts'
import { goodSurvey, MemoryPorts, wholeDraft } from './setup-kit.ts'

const config = present(judgeDraft(wholeDraft, new MemoryPorts()).config, 'a lot')
const tariff = present(tariffOfDraft(wholeDraft), 'a tariff')

function folder(lot: object = {}): MemoryPorts {
  const ports = new MemoryPorts(wholeDraft)
  ports.keptNow = { config: { ...config, ...lot }, tariff }
  return ports
}

const survey = (over: Partial<SurveyLine> = {}): SurveyLine => ({ ...goodSurvey, ...over })

const stay = (over: Partial<StayView> = {}): StayView => ({
  stayId: 'n1-S2',
  laneId: 'entry',
  plate: '测A12345',
  colour: 'blue',
  enteredAtIso: '2026-01-05T09:00:00+08:00',
  leftAtIso: '2026-01-05T10:30:00+08:00',
  exitLaneId: 'exit',
  noEntry: false,
  orderId: null,
  amountFen: 500,
  end: 'etc',
  ...over,
})
const carOf = (...stays: readonly StayView[]) => {
  const reader = { query: () => ({ rows: stays, next: null }), timeline: () => [] }
  return firstCarSaid(reader as unknown as LedgerReader, config)
}
const proofOf = (surveys: readonly SurveyLine[], ...stays: readonly StayView[]): LotProof => ({
  surveys,
  firstCar: carOf(...stays),
  fault: null,
})
const rowOf = (proof: LotProof, ports = folder()) =>
  present(
    judgeDraft(wholeDraft, ports, proof).rows.find(({ id }) => id === 'firstCar'),
    'the row',
  )

const older = { createdAtIso: '2026-01-03T09:00:00+08:00' }
const inside = stay({ stayId: 'n1-S1', leftAtIso: null, exitLaneId: null, end: null })

describe('survey and first car', () => {
  it.each<readonly [string, LotProof, string, string]>([
    ['nothing was done', noProof, 'notStarted', '还没有现场勘测;车道启动后做首车试验'],
    ['a survey alone', proofOf([survey()]), 'open', '勘测通过:城东 出口;车道启动后做首车试验'],
    [
      'a car alone',
      proofOf([], stay()),
      'open',
      '还没有现场勘测;首车:入场 2026-01-05 09:00:00 入口',
    ],
    ['both', proofOf([survey()], stay()), 'done', '出场 2026-01-05 10:30:00 出口,应收 ¥ 5.00'],
    [
      'a survey that fails',
      proofOf([survey({ verdict: 'fail', failing: ['D5', 'D7'] })], stay()),
      'failed',
      '勘测“城东 出口”不通过:表 D.1 第 5, 7 行',
    ],
    [
      'a survey whose records are lost',
      proofOf([survey({ whole: false })], stay()),
      'failed',
      '记录不完整',
    ],
    [
      'a survey that is under way',
      proofOf([survey({ verdict: 'incomplete', open: ['D6'] })], stay()),
      'open',
      '还没有通过:表 D.1 第 6 行',
    ],
    [
      'one that failed and was made again',
      proofOf([survey({ verdict: 'fail', failing: ['D5'], ...older }), survey()], stay()),
      'done',
      '勘测通过',
    ],
    [
      'one that passed and failed later',
      proofOf([survey({ verdict: 'fail', failing: ['D5'] }), survey(older)], stay()),
      'failed',
      '不通过',
    ],
    ['a car inside', proofOf([survey()], inside), 'open', '首车还没有走完'],
    ['a later car that is through', proofOf([survey()], inside, stay()), 'done', '首车:入场'],
    [
      'a car that was counted out',
      proofOf([survey()], stay({ exitLaneId: null, end: 'open' })),
      'open',
      '首车还没有走完',
    ],
    [
      'a car that nobody saw come in',
      proofOf([survey()], stay({ noEntry: true })),
      'open',
      '首车还没有走完',
    ],
    [
      'a ledger that cannot be read',
      { ...noProof, fault: { code: 'LEDGER-01', message: 'x' } as LotProof['fault'] },
      'failed',
      '账本读不出来',
    ],
  ])('%s', (_what, proof, state, says) => {
    const row = rowOf(proof)
    expect(row.state).toBe(state)
    expect(row.why.zh).toContain(says)
    expect(row.fault).toBe(proof.fault)
  })

  it('no car of simulated devices makes it done', () => {
    const row = rowOf(proofOf([survey()], stay()), folder({ mode: 'demo' }))
    expect(row.state).toBe('open')
    expect(row.why.zh).toContain('经过的是模拟设备的车,不算首车:入场')
    expect(row.why.en).toContain('simulated devices')
  })

  it('wants a survey of each lane that has an antenna', () => {
    const [entry, exit] = config.lanes
    const two = { ...present(exit, 'an exit'), id: 'exit-2' }
    const lanes = [entry, exit, two]
    const one = rowOf(proofOf([survey()], stay()), folder({ lanes }))
    expect([one.state, one.why.zh]).toEqual([
      'open',
      expect.stringContaining('有天线的车道 2 条,勘测了 1 条'),
    ])
    const both = [survey(), survey({ lane: 'exit-2' })]
    expect(rowOf(proofOf(both, stay()), folder({ lanes })).state).toBe('done')
    const named = [entry, exit, { ...two, name: { zh: '出口 2', en: 'Exit 2' } }]
    const other = [survey(), survey({ lane: '别处的出口' })]
    const step = rowOf(proofOf(other, stay()), folder({ lanes: named }))
    expect([step.state, step.why.zh]).toEqual([
      'open',
      expect.stringContaining('车道“出口 2”还没有勘测'),
    ])
  })

  it('counts no car for a lot that is not written yet', () => {
    const row = rowOf(proofOf([survey()], stay()), new MemoryPorts(wholeDraft))
    expect(row.why.zh).toBe('勘测通过:城东 出口;车道启动后做首车试验')
  })

  it('keeps no setting back where it fails, and is what the page and a save after it say', async () => {
    const proof = proofOf([survey({ verdict: 'fail', failing: ['D5'] })], stay())
    const service = new SetupService(folder())
    const calls = setupOf({ setup: service, surveys: { proof: () => Promise.resolve(proof) } })
    const view = await calls['setup.get']({}, 'owner')
    expect(view.ready).toBe(true)
    expect(view.proof.survey.state).toBe('failed')
    expect(view.proof.car.state).toBe('done')
    const saved = await calls['setup.save']({ keep: { to: '' } }, 'owner')
    expect(saved.rows.find(({ id }) => id === 'firstCar')?.state).toBe('failed')
    expect(service.preview().digest).toMatch(/^[0-9a-f]{64}$/)
  })
})
