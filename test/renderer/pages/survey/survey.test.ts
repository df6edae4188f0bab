// The survey page in the window: a point is recorded once, an invalid level is not sent, undo and choosing.
// Everything shown comes from the runtime's answers.
import { beforeEach, describe, expect, it } from 'vitest'
import { surveyCalls } from '#survey/calls/survey.ts'
import { gridPoints, parkingGrid } from '#survey/pure/field/grid.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  type,
  faultWhat,
  wordOf,
  textOf,
  click,
  hit,
  press,
  submit,
} from '../../kit/page.ts'
import { refusal, ScriptedLot } from '../../kit/scripted-lot.ts'
import { linkJob, liveInstrument, measureFigures } from './measure-views-kit.ts'
import { surveyPageView } from './survey-views-kit.ts'
import { closePage } from '../../kit/opened-page.ts'
import { keyAt, openSurvey } from './survey-page.ts'

let lot: ScriptedLot
const level = `input${named('level')}`

beforeEach(() => void (lot = new ScriptedLot()))

const open = (): Promise<void> => openSurvey(lot)
const key = (name: string): Promise<void> => keyAt(level, name)

describe('a new survey', () => {
  it('is begun once it is said why there is no lane beside, in words that the runtime takes', async () => {
    await openPage(lot, '/survey')
    await press('new')
    await type('input[name="site"]', '演示停车场')
    await type('input[name="lane"]', '出口')
    await type('input[name="by"]', '甲')
    const begin = (): Promise<void> => submit(one(named('new-survey')))
    await begin()
    expect(lot.sent('survey.new')).toEqual([])
    expect(one('.plan [role="alert"]').innerText).toContain('邻道')
    await type('input[name="plan-alone"]', '两侧为围墙,没有邻道')
    await begin()
    const { args } = lot.sent('survey.new')[0] ?? {}
    expect(args).toMatchObject({
      zone: { neighbourAxesMm: [], noNeighbours: '两侧为围墙,没有邻道' },
    })
    expect(surveyCalls['survey.new'].args.safeParse(args).success).toBe(true)
  })
})

describe('the walk', () => {
  it('takes a point with the level that was typed, at the place that is shown', async () => {
    await open()
    const next = surveyPageView().next
    await type(level, '-43.2')
    await key(' ')
    const [call] = lot.sent('survey.add')
    const bodies = call?.args['bodies'] as Record<string, unknown>[]
    expect(bodies.at(-1)).toMatchObject({
      kind: 'field',
      xMm: next?.xMm,
      yMm: next?.yMm,
      zMm: 1_000,
      levelsDbm: [-43.2],
    })
    // The source of typed levels is recorded before the first of them.
    expect(bodies[0]).toMatchObject({ kind: 'instrument', instrumentId: 'typed', simulated: false })
  })

  it('is left for good, though the answer of its last act comes later', async () => {
    await open()
    let answer = (): void => undefined
    lot.waits.set('survey.undo', new Promise((done) => (answer = () => done())))
    await key('Backspace')
    await press('back')
    expect(all(named('surveys'))).toHaveLength(1)
    answer()
    await settle()
    expect(lot.sent('survey.undo')).toHaveLength(1)
    expect(all(named('surveys'))).toHaveLength(1)
  })

  it.each(['', 'abc', '--40', '-43,2', '1e2', '-1000'])('sends nothing for "%s"', async (text) => {
    await open()
    await type(level, text)
    await key('Enter')
    expect(lot.sent('survey.add')).toHaveLength(0)
    expect(one('[role="alert"]').innerText).toContain('-43.2')
  })

  it('takes back with Backspace only when nothing is typed', async () => {
    await open()
    await type(level, '-4')
    await key('Backspace')
    expect(lot.sent('survey.undo')).toHaveLength(0)
    await type(level, '')
    await key('Backspace')
    expect(lot.sent('survey.undo')).toHaveLength(1)
  })

  it('takes the point that was chosen in the picture', async () => {
    await open()
    const cells = all(`${named('heat-map')} g`)
    expect(cells).toHaveLength(gridPoints(parkingGrid).length)
    cells.at(-1)?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await settle()
    await type(level, '-60')
    await key('Enter')
    const last = gridPoints(parkingGrid).at(-1)
    const bodies = lot.sent('survey.add')[0]?.args['bodies'] as Record<string, unknown>[]
    expect(bodies.at(-1)).toMatchObject({ xMm: last?.xMm, yMm: last?.yMm, levelsDbm: [-60] })
  })

  it('takes any point by keyboard alone: arrows choose the one beside, as the picture lies', async () => {
    lot.answers('survey.page', surveyPageView(0))
    await open()
    const at = () => textOf('point')
    expect(at()).toBe('横 0.00 m · 纵 0.00 m')
    await key('ArrowDown')
    expect(at()).toBe('横 0.00 m · 纵 0.25 m')
    await key('ArrowRight')
    await key('ArrowRight')
    expect(at()).toBe('横 0.50 m · 纵 0.25 m')
    await key('ArrowUp')
    await key('ArrowUp')
    // Stops at the ring.
    expect(at()).toBe('横 0.25 m · 纵 -0.25 m')
    await key('ArrowUp')
    expect(at()).toBe('横 0.25 m · 纵 -0.25 m')
    await type(level, '-44')
    // In a typed figure they move the caret.
    await key('ArrowLeft')
    await key(' ')
    const bodies = lot.sent('survey.add')[0]?.args['bodies'] as Record<string, unknown>[]
    expect(bodies.at(-1)).toMatchObject({ xMm: 250, yMm: -250, levelsDbm: [-44] })
  })

  it('says so when all points are taken, and leads on to the checks', async () => {
    const all302 = surveyPageView(gridPoints(parkingGrid).length)
    lot.answers('survey.page', all302)
    await open()
    expect(document.body.innerText).toContain(wordOf('survey.allTaken'))
    expect(document.querySelector(level)).toBeNull()
    await press('to-checks')
    expect(one(named('part-checks')).getAttribute('aria-pressed')).toBe('true')
  })
})

describe('the report', () => {
  it('is asked in its format and language, and saved under its name', async () => {
    const data = { name: 'a', fileName: 'a.docx', mime: 'x/y', html: '', base64: 'AQID' }
    lot.answers('survey.report', data)
    const saved: { name: string; size: number }[] = []
    const urls: Blob[] = []
    const make = URL.createObjectURL
    URL.createObjectURL = (blob: Blob) => {
      urls.push(blob)
      return 'blob:x'
    }
    const usualClick = HTMLAnchorElement.prototype.click
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, size: urls.at(-1)?.size ?? 0 })
    }
    try {
      await open()
      await press('part-results')
      await press('report-docx')
    } finally {
      URL.createObjectURL = make
      HTMLAnchorElement.prototype.click = usualClick
    }
    expect(lot.sent('survey.report')[0]?.args).toMatchObject({ language: 'zh', format: 'docx' })
    expect(saved).toEqual([{ name: 'a.docx', size: 3 }])
  })
})

describe('the rest of the page', () => {
  it('shows the fifteen rows with their verdicts', async () => {
    await open()
    await press('part-results')
    const rows = all(`${named('results')} tbody tr`).map((row) => row.innerText)
    expect(rows).toHaveLength(surveyItems.length)
    expect(rows[4]).toContain('未声明需求区')
    expect(textOf('next-D5')).toContain('→ 改正判据')
    expect(all(named('next-D13'))).toEqual([])
    expect(rows[12]).toContain('不适用')
  })

  it('names lost records, and what became of a refused act', async () => {
    lot.answers('survey.page', { ...surveyPageView(), whole: false, lost: [7], broken: [9] })
    await open()
    expect(one('[role="alert"]').innerText).toContain('7, 9')
    lot.refuses('survey.add', 'SURVEY-02', { value: '7' })
    await type(level, '-40')
    await key('Enter')
    expect(document.body.innerText).toContain('SURVEY-02')
  })
})

describe('the walk with an instrument', () => {
  const bursts = () => lot.sent('survey.instrument.burst')
  const taker = named('capture')

  it('connects with what was typed, and shows why a link is none', async () => {
    await open()
    await press('instrument-form')
    await type('input[name="link"]', '192.168.1.20')
    await submit(one(named('connect')).closest('form'))
    expect(lot.sent('survey.instrument.connect')).toHaveLength(0)
    expect(one('.instrument [role="alert"]').innerText).toContain('tcp://')
    await type('input[name="link"]', 'tcp://127.0.0.1:5025')
    await type('input[name="correctionDb"]', '2.5')
    await submit(one(named('connect')).closest('form'))
    // A level without the gain of its probe cannot be used.
    expect(lot.sent('survey.instrument.connect')).toHaveLength(0)
    await type('input[name="gainDbi"]', '6')
    await type('input[name="serialNo"]', 'DEMO-1')
    await submit(one(named('connect')).closest('form'))
    expect(lot.sent('survey.instrument.connect')[0]?.args).toMatchObject({
      profile: 'generic/scpi',
      link: 'tcp://127.0.0.1:5025',
      correctionDb: 2.5,
      gainDbi: 6,
      serialNo: 'DEMO-1',
      instrumentId: 'DEMO-1',
      calibratedOn: null,
      simulated: false,
    })
  })

  it('takes the point with one press, and takes it back with Backspace', async () => {
    lot.measuring = { instrument: liveInstrument, jobs: [] }
    await open()
    expect(textOf('live')).toContain('-41.3')
    expect(document.activeElement).toBe(one(taker))
    await click(one(taker))
    const next = surveyPageView().next
    expect(bursts()).toHaveLength(1)
    expect(bursts()[0]?.args).toMatchObject({ xMm: next?.xMm, yMm: next?.yMm, place: 'lane' })
    one(taker).dispatchEvent(new KeyboardEvent('keydown', { key: 'Backspace', bubbles: true }))
    await settle()
    expect(lot.sent('survey.undo')[0]?.args).toMatchObject({ point: true })
  })

  it('says in words that the walk is paused, and goes on when the instrument is back', async () => {
    lot.measuring = { instrument: liveInstrument, jobs: [] }
    await open()
    lot.measure({
      instrument: {
        ...liveInstrument,
        state: 'lost',
        live: null,
        fault: refusal('METER-07').error,
      },
      jobs: [],
    })
    await settle()
    expect(textOf('live-fault')).toContain(faultWhat('METER-07'))
    expect(textOf('live')).toContain('暂停')
    lot.measure({ instrument: liveInstrument, jobs: [] })
    await settle()
    expect(document.querySelector(named('live-fault'))).toBeNull()
  })
})

describe('the measurements', () => {
  async function measure(kind: string): Promise<void> {
    await open()
    await press('part-measure')
    await press(`measure-${kind}`)
  }

  it('shows a link test with step, percent and what is left, and stops it with Esc', async () => {
    lot.measuring = { instrument: null, jobs: [linkJob] }
    await measure('link')
    expect(textOf('job')).toContain('单向时延 · 42 %')
    expect(all(`${named('link-results')} tbody tr`)).toHaveLength(5)
    // The direction of each measurement is shown in the page's language.
    const table = textOf('link-results')
    expect([table.includes('ICMP'), table.includes('时间戳')]).toEqual([true, true])
    expect(table).not.toContain('stamped')
    await hit('Escape')
    expect(lot.sent('survey.measure.stop')[0]?.args).toEqual({ kind: 'link' })
  })

  it('halves no round trip: without a stamping peer it says so', async () => {
    lot.answers('survey.figures', measureFigures('wire', [], ['ping']))
    await measure('link')
    expect(textOf('no-one-way')).toContain(wordOf('measure.net.noStamps'))
    expect(all(named('plot'))).toHaveLength(1)
  })

  it('asks no modem of a lane on a link, and shows one of a mobile lane', async () => {
    await measure('signal')
    expect(textOf('signal-wire')).toContain('不适用')
    closePage()
    lot.answers('survey.figures', measureFigures('mobile'))
    await measure('signal')
    expect(textOf('signal-results')).toContain('-92.0')
  })

  it('shows both clocks over their period, and what the devices of the lot told', async () => {
    await measure('clock')
    expect(all(named('clock-results'))).toHaveLength(2)
    expect(textOf('device-clocks')).toContain('平台')
  })

  it('judges the neighbour lane by what is assumed, until a person cites the text', async () => {
    await measure('neighbour')
    expect(one(named('criterion')).dataset['status']).toBe('assumed')
    await press('cite-open')
    await type('textarea[name="cited-text"]', '相邻车道不得误读')
    await submit(one(named('cite')).closest('form'))
    expect(lot.sent('survey.add')[0]?.args['bodies']).toEqual([
      {
        kind: 'criterion',
        item: 'D6',
        triesMin: 100,
        readsMax: 0,
        neighbourDbmMax: null,
        text: '相邻车道不得误读',
        source: 'GB/T 35070.2—2018 5.3',
      },
    ])
  })

  it('drives antennas with the OBUs that were listed, and none without', async () => {
    await measure('neighbour')
    const form = one(named('start-neighbour')).closest('form')
    await submit(form)
    expect(lot.sent('survey.measure.start')).toHaveLength(0)
    await type('input[name="antenna-0"]', 'tcp://127.0.0.1:9527')
    await type('input[name="obus-0"]', '0200a001, 0200a002')
    await submit(form)
    expect(lot.sent('survey.measure.start')[0]?.args['job']).toEqual({
      kind: 'neighbour',
      antennas: [{ link: 'tcp://127.0.0.1:9527', obuIds: ['0200A001', '0200A002'] }],
      inNeighbour: [],
      rounds: 34,
      listenSec: 1,
    })
  })
})
