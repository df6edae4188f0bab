// The hand-over document of a lot: its content, that it contains no secret, that it describes the lot as it is, and that it
// is a real paged document.
import { baseRules } from '#base/pure/rules/packs.ts'
import { expect, it } from 'vitest'
import { setupOf } from '#lane/desk/handlers/control-setup.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { noProof } from '#lane/desk/setup/lot-proof.ts'
import { handoverDocument } from '#lane/desk/setup/handover.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { valuesInWords } from '#lane/desk/setup/lot-words.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { present } from '#base/pure/values/must.ts'
import { documentPdf } from '#base/desk/document/document-pdf.ts'
import { firstCarSaid } from '#lane/desk/setup/first-car-said.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerReader, StayView } from '#ledger/ports/ledger-reader.ts'
import { testLot } from '../../../runtime/control/control-kit.ts'
import { paidByHand, stayId } from '../../pure/explain/explain-kit.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

const gateway = {
  url: 'https://pay.example.com',
  caFile: null,
  merchantNo: 'M0001',
  secret: 'gateway-key-name',
}
const draft = { ...wholeDraft, gateway }
const files = {
  config: present(judgeDraft(draft, new MemoryPorts()).config, 'a lot'),
  tariff: present(tariffOfDraft(draft), 'a tariff'),
}
const source = {
  files,
  rules: baseRules,
  people: [{ name: '王老板', role: 'owner' }] as const,
  open: [t('车道启动后做首车试验', 'Make the first-car test once the lanes are running')],
  surveys: [],
  firstCar: null,
  dir: '/lots/new',
  atMs: 1_767_600_000_000,
}

it.each([
  [
    'zh',
    [
      '城东停车场',
      '其中充电车位',
      '区县',
      '东区',
      '出口 天线',
      'tcp://192.168.1.20:60001',
      '¥ 9.00',
      '王老板',
      '业主',
      '移交人',
      'M0001',
    ],
  ],
  ['en', ['Exit', 'antenna', '¥ 9.00', 'owner', 'Taken over by', 'Make the first-car test']],
] as const)('says what a person takes over, and no key (%s)', (language, wanted) => {
  const text = JSON.stringify(handoverDocument(source, language))
  for (const one of wanted) expect(text.toLowerCase()).toContain(one.toLowerCase())
  expect(text).not.toContain('gateway-key-name')
})

it('says how the first car went, its plate masked, and plainly where none came', async () => {
  const none = JSON.stringify(handoverDocument(source, 'zh'))
  expect(none).toContain('还没有车经过')
  const { rows } = await paidByHand()
  const [opened] = rows
  const iso = (ms = 0) => isoOf(ms as InstantMs)
  const stay = {
    stayId,
    laneId: opened?.laneId ?? null,
    plate: '测A12345',
    enteredAtIso: iso(opened?.atMs),
    leftAtIso: iso(rows.at(-1)?.atMs),
    exitLaneId: 'exit',
    amountFen: 1200,
  } as StayView
  const stillInside = { ...stay, stayId: 'n1-S1', leftAtIso: null }
  const readerOf = (...stays: StayView[]) =>
    ({
      query: () => ({ rows: stays, next: null }),
      timeline: (id: string) => (id === stayId ? rows : []),
    }) as unknown as LedgerReader
  const firstCar = firstCarSaid(readerOf(stillInside, stay), testLot)
  const said = JSON.stringify(handoverDocument({ ...source, firstCar }, 'zh'))
  expect(said).toMatch(/测A·X+45/)
  expect(said).toContain('现金收')
  expect(said).not.toContain('12345')
  expect(said).not.toContain('还没有车经过')
  expect(firstCar?.isThrough).toBe(true)
  const inside = firstCarSaid(readerOf(stillInside), testLot)
  expect(inside?.isThrough).toBe(false)
  expect(JSON.stringify(inside)).toContain('还没有出场')
  expect(firstCarSaid(readerOf(), testLot)).toBe(null)
})

it('every value of the lot file is in it once', () => {
  const { sections } = handoverDocument(source, 'zh')
  const facts = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'facts' ? block.rows.map(([what]) => what) : [])),
  )
  expect(facts).toContain('车位数')
  expect(facts.filter((what) => what.startsWith('/'))).toEqual([])
  // Without the name of a key; with the folder and the time.
  expect(facts).toHaveLength(valuesInWords(files).length - 1 + 2)
})

it('is of the lot that is there, not of a draft that nobody wrote, and names its surveys', async () => {
  const ports = new MemoryPorts({ ...wholeDraft, lot: { ...wholeDraft.lot, name: '没写入的名字' } })
  ports.keptNow = files
  const survey = {
    name: 's1',
    title: '出口勘测',
    site: '城东',
    lane: '出口',
    createdAtIso: '2026-01-04T09:00:00+08:00',
    records: 3,
    verdict: 'incomplete',
    simulated: false,
    whole: true,
    failing: [],
    open: ['D5', 'D6'],
  } as const
  const proof = () => Promise.resolve({ ...noProof, surveys: [survey] })
  const calls = setupOf({ setup: new SetupService(ports), surveys: { proof } })
  const { fileName, base64 } = await calls['setup.handover']({ language: 'zh' }, 'owner')
  expect(fileName).toBe('城东停车场 2026-01-05.pdf')
  expect(Buffer.from(base64, 'base64').toString()).toBe('%PDF')
  const text = JSON.stringify(ports.documents)
  expect(text).toContain('出口勘测')
  expect(text).toContain('勘测“出口勘测 出口”还没有通过：表 D.1 第 5, 6 行；车道启动后做首车试验')
  expect(text).not.toContain('没写入的名字')
})

it('is refused while a row is missing', async () => {
  const calls = setupOf({ setup: new SetupService(new MemoryPorts()) })
  await expect(calls['setup.handover']({ language: 'zh' }, 'owner')).rejects.toMatchObject({
    code: 'SETUP-02',
  })
})

it('is a PDF of pages', async () => {
  const bytes = Buffer.from(await documentPdf(handoverDocument(source, 'zh')))
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(bytes.length).toBeGreaterThan(10_000)
})
