// Measurements for a survey in the window: forms keep what was typed, antennas left on by an interrupted run
// are reported, and a large table of readings is sent in parts.
import { beforeEach, expect, it, vi } from 'vitest'
import { bytesOfBase64 } from '#base/pure/data/base64.ts'
import { liveInstrument } from './measure-views-kit.ts'
import {
  all,
  enter,
  named,
  one,
  settle,
  type,
  wordOf,
  press,
  textOf,
  submit,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { openSurvey } from './survey-page.ts'

let lot: ScriptedLot

beforeEach(() => void (lot = new ScriptedLot()))

const open = (): Promise<void> => openSurvey(lot)

it('keeps what was typed for one test while another is looked at', async () => {
  await open()
  await press('part-measure')
  await press('measure-neighbour')
  await type('input[name="antenna-0"]', 'tcp://127.0.0.1:9527')
  await press('measure-link')
  await type('input[name="peer"]', '127.0.0.1:7011')
  await press('measure-neighbour')
  expect((one('input[name="antenna-0"]') as HTMLInputElement).value).toBe('tcp://127.0.0.1:9527')
  await press('measure-link')
  expect((one('input[name="peer"]') as HTMLInputElement).value).toBe('127.0.0.1:7011')
})

it('tells of an antenna that was left searching: off again, or why it was not reached', async () => {
  const left = { program: 'etc-lane survey', sinceIso: '2026-03-02T09:00:00+08:00' }
  const fault = { code: 'LINK-02', message: '没有应答', means: '', todo: '', field: '', value: '' }
  lot.measuring = {
    instrument: null,
    jobs: [],
    putBack: [
      { ...left, link: 'tcp://10.0.0.1:1', fault: null },
      { ...left, link: 'tcp://10.0.0.2:1', fault },
    ],
  }
  await open()
  await press('part-measure')
  const lines = all(`${named('put-back')} li`).map((line) => line.innerText)
  expect(lines).toEqual([
    expect.stringMatching(/^▲ tcp:\/\/10\.0\.0\.1:1:2026-03-02 09:00:00 .*现已关回\s*$/),
    expect.stringMatching(/^✕ tcp:\/\/10\.0\.0\.2:1:.*可能仍在搜索.*LINK-02 没有应答$/),
  ])
})

it('a level that stopped is grey with its age, and is not steady any more', async () => {
  lot.measuring = { instrument: liveInstrument, jobs: [] }
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    await open()
    const said = () => one(`${named('live')} [role="status"]`)
    expect(said().innerText).toMatch(/^✓ 读数已稳，可以记录 +· 波动 0\.4 dB +· \d 秒前$/)
    // The runtime sends nothing more; the window keeps counting the age.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 12_000)
    vi.advanceTimersByTime(1_000)
    await settle()
    expect(said().innerText).toMatch(/^○ \d\d 秒没有新读数/)
    expect(said().className).toBe('off')
    expect(one(`${named('live')} output`).className).toBe('off')
    // An instrument that hangs, reported by a working runtime.
    vi.restoreAllMocks()
    const live = { ...liveInstrument.live, ageMs: 31_000 } as NonNullable<
      typeof liveInstrument.live
    >
    lot.measure({ instrument: { ...liveInstrument, live }, jobs: [] })
    await settle()
    expect(said().innerText).toMatch(/^○ (?:3|4)\d 秒没有新读数/)
  } finally {
    vi.restoreAllMocks()
    vi.useRealTimers()
  }
})

it('says nothing where nothing was left on', async () => {
  await open()
  await press('part-measure')
  expect(all(named('put-back'))).toHaveLength(0)
})

const whole = (part: Uint8Array | null): ArrayBuffer => (part ?? new Uint8Array(0)).slice().buffer
const rows = (count: number): string =>
  ['x,y,dBm', ...Array.from({ length: count }, () => '1.25,2.50,-41.25')].join('\n')
async function pick(text: string): Promise<void> {
  const field = one(named('csv-file')) as HTMLInputElement
  Object.defineProperty(field, 'files', { value: [new File([text], 'walk.csv')] })
  field.dispatchEvent(new Event('change'))
  await settle()
  await settle()
}

it('takes a table of 36,000 readings, in parts that the runtime puts together', async () => {
  const text = rows(36_000)
  await open()
  await pick(text)
  await press('csv-take')
  for (let turn = 0; turn < 20; turn++) await settle()
  const parts = lot.sent('photo.hold').map(({ args }) => bytesOfBase64(String(args['base64'])))
  expect(parts.length).toBeGreaterThan(10)
  expect(new TextDecoder().decode(await new Blob(parts.map(whole)).arrayBuffer())).toBe(text)
  const [csv] = lot.sent('survey.csv')
  expect(csv?.args).toMatchObject({
    file: 'walk.csv',
    draftId: lot.sent('photo.hold')[0]?.args['draftId'],
    columns: { x: 'x', y: 'y', z: null, level: 'dBm', time: null },
  })
  expect(csv?.args).not.toHaveProperty('text')
})

it('refuses a table that is larger than the runtime takes, before anything is sent', async () => {
  await open()
  await pick(rows(130_000))
  expect(one('[role="alert"]').innerText).toContain('2 MB')
  expect(all(named('csv-take'))).toHaveLength(0)
  expect(lot.sent('photo.hold')).toEqual([])
})

it('asks of an https host whether its certificate ends the test, and of no other', async () => {
  await open()
  await press('part-measure')
  await press('measure-link')
  expect(all('input[name="strictCertificate"]')).toHaveLength(0)
  await type('input[name="to"]', 'https://platform.example')
  one('input[name="strictCertificate"]').click()
  await press('start-link')
  await type('input[name="to"]', 'platform.example')
  await press('start-link')
  const jobs = lot.sent('survey.measure.start').map(({ args }) => (args as { job: object }).job)
  expect(jobs[0]).toMatchObject({ to: 'https://platform.example', strictCertificate: true })
  expect(jobs[1]).not.toHaveProperty('strictCertificate')
})

it('takes a file by the profile of a tester: no column is asked for, and none is sent', async () => {
  await open()
  await pick('a;b;c\n1;2;3\n')
  const list = one('select[name="csv-profile"]') as HTMLSelectElement
  expect([...list.options].map((option) => option.text.trim())).toEqual([
    wordOf('measure.csv.byColumns'),
    '测试仪',
  ])
  expect(all('select[name="csv-x"]')).toHaveLength(1)
  list.value = 'acme/tester'
  list.dispatchEvent(new Event('change'))
  await settle()
  expect(all('select[name="csv-x"], select[name="csv-unit"]')).toHaveLength(0)
  await press('csv-take')
  const [call] = lot.sent('survey.csv')
  expect(call?.args).toMatchObject({ profile: 'acme/tester', instrumentId: 'walk' })
  expect(call?.args).not.toHaveProperty('columns')
})

it('takes a number as a Chinese keyboard leaves it; one out of range is said, and the form is held', async () => {
  await open()
  await press('part-measure')
  await press('measure-link')
  const field = one('input[name="everyMs"]') as HTMLInputElement
  expect(field.type).toBe('text')
  await enter('input[name="everyMs"]', '２５０')
  expect(field.value).toBe('250')
  await enter('input[name="everyMs"]', '5')
  expect(field.parentElement?.innerText).toContain('写成 10 到 60000')
  expect(field.validationMessage).toBe('写成 10 到 60000')
  expect(field.closest('form')?.checkValidity()).toBe(false)
  await enter('input[name="everyMs"]', '20。')
  expect(field.checkValidity()).toBe(false)
  await enter('input[name="everyMs"]', '20')
  expect(field.closest('form')?.checkValidity()).toBe(true)
  await type('input[name="peer"]', '127.0.0.1:7011')
  await submit(field.closest('form'))
  expect(lot.sent('survey.measure.start').at(-1)?.args['job']).toMatchObject({
    everyMs: 20,
    count: null,
  })
})

it('asks why rows are measured again, and starts with the reason alone', async () => {
  lot.refuses('survey.measure.start', 'SURVEY-42', { field: '/reason', value: 'D7, D8' })
  await open()
  await press('part-measure')
  await type('input[name="peer"]', '127.0.0.1:7011')
  await submit(one(named('start-link')).closest('form'))
  const started = lot.sent('survey.measure.start')
  expect(started).toHaveLength(1)
  expect(started[0]?.args).not.toHaveProperty('reason')
  expect(textOf('again')).toContain('D7, D8 已经测过')
  // A refusal that asks for a reason is not shown as a fault.
  expect(document.querySelector('.fault')).toBeNull()
  await press('again-start')
  expect(lot.sent('survey.measure.start')).toHaveLength(1)
  expect(one(`${named('again')} [role="alert"]`).innerText).toContain(wordOf('measure.again.need'))
  await type('input[name="again-reason"]', ' 换了网卡,重新测量一遍 ')
  await press('again-start')
  const again = lot.sent('survey.measure.start')[1]?.args
  expect(again).toMatchObject({ job: started[0]?.args['job'], reason: '换了网卡,重新测量一遍' })
  await press('again-no')
  expect(document.querySelector(named('again'))).toBeNull()
})
