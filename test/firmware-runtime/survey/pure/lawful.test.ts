// Lawful surveys that are unusual pass all the same: another order of records, more readings, runs again with a reason, small
// sites, excuses that are whole, demos on one computer (joined files: joined-files.test.ts).
import { describe, expect, it } from 'vitest'
import { isSimulated, projectOf } from '#survey/pure/file/project.ts'
import type { ItemId, SurveyBody } from '#survey/pure/file/record.ts'
import { add, addAll, both, drop, edit, endMin, later, withdraw, dayMin } from './attacks/change.ts'
import type { Change } from './attacks/change.ts'
import { lawfulAnswers } from './attacks/answers.ts'
import { otherStates } from './attacks/states.ts'
import {
  analyser,
  byTime,
  check,
  clock,
  clockFrom,
  field,
  link,
  opened,
  recordsOfMade,
  secondPerson,
  setup,
  trigger,
  verdictsOf,
  whole,
  wholeByTries,
  type Made,
} from './attacks/whole-survey.ts'

const minuteMs = 60_000
const plan = (more: object): Change =>
  edit('opened', { zone: Object.assign({}, opened.zone, more) })
const away = '本车道没有这一部分,见现场平面图'
const deviation = (item: ItemId, text: string): SurveyBody => ({
  kind: 'deviation',
  item,
  text,
  area: null,
})
const small = { leftMm: 600, rightMm: 1_400, nearMm: 850, farMm: 1_650 }
const rerun = (items: readonly ItemId[], reason: string): SurveyBody => ({
  kind: 'rerun',
  items,
  reason,
})
const onLoopback: Change = both(
  edit('instrument', { simulated: true }),
  ...['ping', 'up', 'down', 'D11', 'D12'].map((tag) => edit(tag, { peer: '127.0.0.1:5209' })),
  edit('D11', { bytes: 128 * 1_048_576, durationMs: 60 }),
  edit('D15', { server: '127.0.0.1:12300' }),
  edit('camera', { server: '127.0.0.1:12300' }),
)

function addStarts(minute: number): Change {
  const items: readonly ItemId[] = ['D7', 'D8', 'D9', 'D10', 'D11', 'D12']
  return add(minute, { kind: 'started', runs: items.map((item) => ({ item })) })
}

const changes: [string, Change, (readonly Made[])?][] = [
  ...[...otherStates, ...lawfulAnswers].map(([what, change]): [string, Change] => [what, change]),
  ['checks at the very end', later((one) => /^D[1-4] /.test(one.tag), 300)],
  [
    'clocks before the field',
    (all) =>
      byTime(
        all.map((one) =>
          ['D14', 'D15', 'camera'].includes(one.tag) && one.body.kind === 'clock'
            ? { ...one, minute: one.minute + 400, body: shifted(one.body, 400) }
            : one,
        ),
      ),
  ],
  [
    'the neighbour lane before the field',
    (all) =>
      byTime(
        all.map((one) =>
          ['control', 'D6', 'stress'].includes(one.tag) ? { ...one, minute: one.minute - 48 } : one,
        ),
      ),
  ],
  ['the link two days later', later((one) => ['ping', 'up', 'down'].includes(one.tag), 2 * dayMin)],
  ['runs with their start', addStarts(40)],
  [
    'a run of another program, entered three seconds after a start',
    both(addStarts(59.95), edit('ping', { origin: { how: 'imported', file: 'ping.txt' } })),
  ],
  [
    'a time server by its name, with its address',
    edit((one) => one.body.kind === 'clock' && one.body.source === 'ntp', {
      server: 'time.example:123',
      serverAddress: '192.0.2.1',
    }),
  ],
  ['the field over two days', later((one) => one.minute > 20, dayMin)],
  [
    'a second good reading of a point, with a reason',
    add(30, field(trigger, 'lane', -38.5, { reason: '复测触发点的场强' })),
  ],
  [
    'three readings of a point within 3 dB',
    addAll(30, [
      field(trigger, 'lane', -37, { reason: '复测' }),
      field(trigger, 'lane', -39, { reason: '复测' }),
    ]),
  ],
  [
    'a good reading that was withdrawn',
    both(
      addAll(30, [field(trigger, 'lane', -38.5, { reason: '复测' })], undefined, 'again'),
      withdraw('again', endMin, '重复了'),
    ),
  ],
  [
    'a bad reading that a second person withdrew',
    both(
      addAll(30, [field(trigger, 'lane', -50, { reason: '复测触发点的场强' })], undefined, 'bad'),
      withdraw('bad', endMin, '测试人员挡在探头前面', secondPerson),
    ),
  ],
  [
    'a bad reading that was withdrawn, with the word of a second person',
    both(
      addAll(30, [field(trigger, 'lane', -50, { reason: '复测触发点的场强' })], undefined, 'bad'),
      withdraw('bad', endMin, '测试人员挡在探头前面'),
      add(endMin, deviation('D5', '我在场:当时有人挡住探头'), secondPerson),
    ),
  ],
  ['the setup again as it was', add(20, setup)],
  [
    'the firmware, which was not known before',
    both(edit('setup', { firmware: null }), add(endMin, setup)),
  ],
  ['an instrument row again as it was', add(20, analyser)],
  [
    'another antenna height with a reason',
    both(
      edit('setup', { heightMm: 2_300 }),
      add(endMin, deviation('D2', '顶棚低,天线只能装在 2.3 m')),
    ),
  ],
  [
    'a power change after that reason',
    both(
      edit('setup', { yawDeg: 10, settings: { powerStep: 9 } }),
      add(1, { ...setup, yawDeg: 10 }),
      add(endMin, deviation('D2', '岗亭后为墙,天线只能这样转')),
    ),
  ],
  ['a booth that is not there', edit('D2 booth', { answer: 'notApplicable', remark: away })],
  [
    'two parts of five that are not there',
    both(
      ...['network', 'lightning'].map((part) =>
        edit(`D3 ${part}`, { answer: 'notApplicable', remark: away }),
      ),
    ),
  ],
  [
    'a no that was mended',
    both(
      edit('D1 signs', { answer: 'no' }),
      add(150, check('D1', 'signs', 'yes', '已更换标志牌并拍照,见附图')),
    ),
  ],
  [
    'no adjacent lane, in words',
    both(plan({ neighbourAxesMm: [], noNeighbours: '单车道出口,两侧为围墙' })),
  ],
  [
    'a small needed area, by two persons before the first reading',
    both(
      plan({ needed: small, neededReason: '车道窄,只停一辆小车' }),
      add(1, deviation('D5', '同意:车道窄,只停一辆小车'), secondPerson),
    ),
  ],
  [
    'a needed area of 1.2 m, by one person',
    plan({
      needed: { leftMm: 400, rightMm: 1_600, nearMm: 650, farMm: 1_850 },
      neededReason: '车道窄,只停一辆小车',
    }),
  ],
  [
    'two instruments that agree',
    (all) =>
      all.flatMap((one): readonly Made[] => {
        if (one.tag === 'instrument')
          return [one, { ...one, body: { ...analyser, instrumentId: 'b' } }]
        if (one.tag === 'drift' && one.body.kind === 'field')
          return [one, { ...one, body: { ...one.body, instrumentId: 'b' } }]
        return one.body.kind === 'field' && one.minute > 20 && one.tag === 'point'
          ? [{ ...one, body: { ...one.body, instrumentId: 'b' } }]
          : [one]
      }),
  ],
  [
    'OBUs with blanks and small letters, always alike',
    edit('D6', (body) =>
      body.kind === 'crossRead'
        ? { neighbours: body.neighbours?.map((one) => ({ ...one, place: ` ${one.place} ` })) }
        : {},
    ),
  ],
  [
    'the own car missed in four rounds of 34',
    edit('D6', {
      inLane: 60,
      own: [
        { obuId: '01000001', reads: 30 },
        { obuId: '01000002', reads: 30 },
      ],
    }),
  ],
  [
    'a second good run with a reason',
    both(add(58, link('ping')), add(59, rerun(['D7', 'D8'], '换了移动网络的外置天线'))),
  ],
  [
    'a good run that was withdrawn',
    both(
      addAll(58, [link('ping')], undefined, 'again'),
      withdraw('again', endMin, '重复了'),
      add(59, rerun(['D7', 'D8'], '换了移动网络的外置天线')),
    ),
  ],
  [
    'one late answer of 900',
    edit('ping', { latenciesMs: Array.from({ length: 900 }, (_, i) => (i === 400 ? 5_500 : 40)) }),
  ],
  ['a run that ended when it was decided', edit('ping', { planned: 3_000, gaps: 'exponential' })],
  [
    'a fast link that reaches the byte limit',
    edit('D11', { bytes: 20_000_000, durationMs: 170, warmMs: 10 }),
  ],
  ['5G', edit('D13', { technology: 'NR' })],
  [
    '4G and 5G together',
    edit('D13', (_body, i) => ({ technology: i % 2 === 0 ? 'LTE' : 'EN-DC' })),
  ],
  [
    'typed readings of the network, one a minute',
    (all) => {
      let i = 0
      return byTime(all.map((one) => (one.tag === 'D13' ? { ...one, minute: 210 + i++ } : one)))
    },
  ],
  [
    'a gap of five minutes in the readings of the network',
    later((one) => one.tag === 'D13' && one.minute > 97, 5),
  ],
  [
    'a good clock reading that was withdrawn',
    both(
      addAll(clockFrom + 1, [clock('ntp', 0)], undefined, 'again'),
      withdraw('again', endMin, '重复了'),
    ),
  ],
  ['a receiver on a gpsd of this computer', edit('D14', { server: 'tcp://127.0.0.1:2947' })],
  [
    'synchronised by a hardware clock',
    edit('D15', (_body, i) => (i % 2 === 0 ? { server: 'PPS0' } : {})),
  ],
  [
    'no camera that tells the time',
    both(
      drop('camera'),
      add(104, check('D15', 'camera', 'notApplicable', '该型摄像机不提供时间接口')),
    ),
  ],
  [
    'a clock that was set back by 20 s',
    (all) =>
      all.map((one) =>
        one.tag === 'D13' && one.minute > 97 ? { ...one, minute: one.minute - 0.3 } : one,
      ),
  ],
  [
    'a repair that lost nothing',
    add(endMin, { kind: 'repaired', fromSurveyId: 'x', lost: [], suspect: [], picturesLost: [] }),
  ],
  ['a demo on one computer', onLoopback],
  ['tries at the height of a windscreen', edit('try', { zMm: 1_300 }), wholeByTries],
  ['tries the next morning', later('try', 15 * 60), wholeByTries],
  [
    'ring places a hand away',
    edit(
      (one) => one.tag === 'try',
      (body) => (body.kind === 'obuTries' ? { xMm: body.xMm + 40, yMm: body.yMm - 30 } : {}),
    ),
    wholeByTries,
  ],
]

const isMeasured = ({ body }: Made): boolean => body.kind !== 'opened'
/** All that a survey holds but its first record, made again ten hours later, with the reason before it. */
const again = (all: readonly Made[]): readonly Made[] =>
  all
    .filter(isMeasured)
    .map((one) => ({
      ...one,
      tag: `${one.tag} again`,
      minute: one.minute + 600,
      body: shifted(one.body, 600),
    }))
const allRows = Array.from({ length: 15 }, (_, i) => `D${i + 1}` as ItemId)
const lossy: Change = add(endMin, {
  kind: 'repaired',
  fromSurveyId: 'x',
  lost: [7],
  suspect: [8],
  picturesLost: [],
})

function shifted(body: SurveyBody, minutes: number): SurveyBody {
  if (body.kind !== 'clock' || body.syncedAtMs === undefined) return body
  return { ...body, syncedAtMs: body.syncedAtMs + minutes * minuteMs }
}

describe('a lawful survey passes', () => {
  it.each(changes)('%s', (_what, change, start = whole) => {
    const records = recordsOfMade(change(start))
    expect(verdictsOf(records)).toEqual([])
  })

  it('a repaired file whose rows were all measured again, and not before', () => {
    const measured = both(
      lossy,
      add(endMin + 1, rerun(allRows, '修复时丢了记录,全部重测')),
      (all) => [...all, ...again(whole)],
    )(whole)
    expect(verdictsOf(recordsOfMade(measured))).toEqual([])
    const open = verdictsOf(recordsOfMade(lossy(whole))).map((line) => line.split(':')[0])
    expect(open).toEqual(allRows.map((row) => `${row} incomplete`))
    // One row at a time.
    const some = measured.filter(({ tag }) => tag !== 'D13 again')
    expect(verdictsOf(recordsOfMade(some))).toEqual([expect.stringContaining('D13 incomplete')])
  })

  it('a demo on one computer is marked as simulated', () => {
    expect(isSimulated(projectOf(recordsOfMade(onLoopback(whole))))).toBe(true)
  })

  it('a free lot on a fixed line, whose row 13 is not asked', () => {
    const wired = edit(({ body }) => body.kind === 'link' || body.kind === 'rate', {
      interfaceName: 'eth0',
    })
    const records = recordsOfMade(
      both(edit('opened', { access: 'wire' }), wired, drop('D13'))(whole),
    )
    expect(verdictsOf(records)).toEqual([expect.stringContaining('D13 notApplicable')])
  })
})
