// Facts that must not pass in rows 7 to 12 of table D.1: loss, latencies and rates of the link.
import type { ItemId, LinkBody, SurveyBody } from '#survey/pure/file/record.ts'
import { attack, failing, type Attack } from './attack.ts'
import { add, addAll, both, drop, edit, endMin, withdraw, type Change } from './change.ts'
import { byTime, link, probes, rate, type Made } from './whole-survey.ts'

const nulls = (count: number): readonly null[] => Array<null>(count).fill(null)
const loopback = { peer: '127.0.0.1:5209' }
const selves = [
  loopback,
  { peer: 'localhost:5209' },
  { peer: '[::1]:5209' },
  { peer: '192.168.1.10:5209', peerIsSelf: true },
]
/** Records of the row and what a bad run of it looks like. */
const runs: readonly (readonly [ItemId, string])[] = [
  ['D7', 'ping'],
  ['D8', 'ping'],
  ['D9', 'up'],
  ['D10', 'down'],
  ['D11', 'D11'],
  ['D12', 'D12'],
]
const ways: readonly (readonly [ItemId, LinkBody['way']])[] = [
  ['D8', 'ping'],
  ['D9', 'up'],
  ['D10', 'down'],
]

const outsideRows: readonly Attack[] = runs.flatMap(([row, tag]) =>
  selves.map((peer) =>
    attack('7.16', row, `the peer is this computer: ${peer.peer}`, edit(tag, peer)),
  ),
)

const physicsRows: readonly Attack[] = [
  attack('7.24', 'D7', 'all answers in 0 ms', edit('ping', { latenciesMs: probes(900, 0) })),
  attack('7.24', 'D8', 'all answers in 0 ms', edit('ping', { latenciesMs: probes(900, 0) })),
  attack(
    '7.24',
    'D8',
    'one answer in 0 ms',
    edit('ping', { latenciesMs: [0, ...probes(899, 40)] }),
  ),
  attack('7.24', 'D9', 'all answers in 0 ms', edit('up', { latenciesMs: probes(900, 0) })),
  attack('7.24', 'D10', 'all answers in 0 ms', edit('down', { latenciesMs: probes(900, 0) })),
  attack('7.24', 'D9', 'two clocks without any error', edit('up', { clockErrorMs: 0 })),
  attack('7.24', 'D10', 'two clocks without any error', edit('down', { clockErrorMs: 0 })),
  failing(
    attack(
      '7.24',
      'D7',
      'losses that second SYNs hide',
      edit('ping', {
        method: 'tcp',
        latenciesMs: probes(900, 40).map((ms, i) => (i % 15 === 7 ? 1_040 : ms)),
      }),
    ),
  ),
  failing(
    attack(
      '7.24',
      'D7',
      'losses that third SYNs hide',
      edit('ping', {
        method: 'https',
        latenciesMs: probes(900, 40).map((ms, i) => (i % 15 === 7 ? 3_060 : ms)),
      }),
    ),
  ),
]

const lossRow: readonly Attack[] = [
  failing(
    attack(
      'D.1',
      'D7',
      '5 % are lost',
      edit('ping', { latenciesMs: probes(900, 40).map((ms, i) => (i % 20 === 7 ? null : ms)) }),
    ),
  ),
  attack('3', 'D7', '100 probes', edit('ping', { latenciesMs: probes(100, 40) })),
  attack('3', 'D7', '900 probes in three minutes', edit('ping', { everyMs: 200 })),
  attack(
    '7.16',
    'D7',
    'answers after 59 s are received',
    edit('ping', { latenciesMs: probes(900, 59_000) }),
  ),
  attack(
    '7.16',
    'D7',
    'one answer in twenty comes after 6 s',
    edit('ping', { latenciesMs: probes(900, 40).map((ms, i) => (i % 20 === 7 ? 6_000 : ms)) }),
  ),
  attack(
    '7.5',
    'D7',
    'a bad run and a good one',
    add(59, link('ping', { latenciesMs: nulls(400) })),
  ),
  attack(
    '7.14',
    'D7',
    'a bad run is withdrawn',
    both(
      addAll(59, [link('ping', { latenciesMs: nulls(400) })], undefined, 'bad'),
      withdraw('bad', endMin, '网线松了,重新插好'),
    ),
  ),
  attack(
    '7.9',
    'D7',
    'an outage of 60 s at the end',
    edit('ping', { latenciesMs: [...probes(840, 40), ...nulls(60)] }),
  ),
  attack(
    '7.9',
    'D7',
    'an outage of 60 s at the start',
    edit('ping', { latenciesMs: [...nulls(60), ...probes(840, 40)] }),
  ),
]

const latencyRows: readonly Attack[] = ways.flatMap(([row, way]) => [
  failing(
    attack('D.1', row, 'all are late', edit(way, { latenciesMs: probes(300, 260), planned: 300 })),
  ),
  attack(
    '7.12',
    row,
    '900 of 959 lost behind the planned 59',
    edit(way, { latenciesMs: [...probes(59, 40), ...nulls(900)], planned: 59 }),
  ),
  attack(
    '7.12',
    row,
    '900 of 959 late behind the planned 59',
    edit(way, { latenciesMs: [...probes(59, 40), ...probes(900, 400)], planned: 59 }),
  ),
  attack(
    '7.12',
    row,
    'a run of 200 planned stops at 60',
    edit(way, { latenciesMs: probes(60, 40), planned: 200, everyMs: 1_000 }),
  ),
  attack('3', row, '58 probes', edit(way, { latenciesMs: probes(58, 40), planned: 58 })),
  attack(
    '7.16',
    row,
    'answers after 59 s',
    edit(way, { latenciesMs: [...probes(59, 40), ...probes(200, 59_000)] }),
  ),
  attack(
    '7.5',
    row,
    'a bad run and a good one',
    add(59, link(way, { latenciesMs: probes(300, 260), planned: 300 })),
  ),
  attack(
    '7.14',
    row,
    'a bad run is withdrawn',
    both(
      addAll(59, [link(way, { latenciesMs: probes(300, 260), planned: 300 })], undefined, 'bad'),
      withdraw('bad', endMin, '网线松了,重新插好'),
    ),
  ),
  ...(way === 'ping'
    ? []
    : [
        attack('3', row, 'through TCP', edit(way, { method: 'stamped' })),
        attack('3', row, 'clocks 60 ms apart', edit(way, { clockErrorMs: 60 })),
        attack('3', row, 'clocks unknown', edit(way, { clockErrorMs: null })),
      ]),
])

const rateRows: readonly Attack[] = (['D11', 'D12'] as const).flatMap((row) => {
  const way = row === 'D11' ? 'up' : 'down'
  const slow = { ...rate(way, 1, 900), series: 'two' }
  return [
    failing(attack('D.1', row, 'all are slow', edit(row, { bytes: 900_000 }))),
    attack(
      'D.1',
      row,
      'one of ten is slow',
      edit((one: Made) => one.tag === row && one.minute === 67, { bytes: 900_000 }),
    ),
    attack(
      '3',
      row,
      'four runs of each',
      drop((one: Made) => one.tag === row && [67, 82].includes(one.minute)),
    ),
    attack('3', row, 'one second apart', edit(row, { apartMs: 1_000 })),
    attack('3', row, 'the warm-up is counted', edit(row, { warmMs: 0 })),
    attack('7.16', row, '10 MB in 1 ms', edit(row, { bytes: 10_000_000, durationMs: 1 })),
    attack('7.16', row, '1 TB in 10 s', edit(row, { bytes: 1e12, durationMs: 10_000 })),
    attack('7.16', row, '20 MB in 10 ms', edit(row, { bytes: 20_000_000, durationMs: 10 })),
    attack('7.5', row, 'a series that broke off with a slow run', add(60, slow)),
    attack(
      '7.14',
      row,
      'five slow runs are withdrawn',
      both(
        addAll(
          60,
          Array.from({ length: 5 }, () => slow),
          undefined,
          'bad',
        ),
        ...['bad', 'bad.1', 'bad.2', 'bad.3', 'bad.4'].map((id) =>
          withdraw(id, endMin, '网线松了,重新插好'),
        ),
      ),
    ),
  ]
})

const begun = (row: ItemId): SurveyBody => ({ kind: 'started', runs: [{ item: row }] })
/** Every record of a tag is written in this minute. */
const atOnce =
  (tag: string, minute: number): Change =>
  (all) =>
    byTime(all.map((one) => (one.tag === tag ? { ...one, minute } : one)))

/** The run is recorded three seconds, or half of its time, after it began. */
const soonRows: readonly Attack[] = runs.flatMap(([row, tag]) => [
  attack(
    '7.16',
    row,
    'a run recorded three seconds after its start',
    both(atOnce(tag, 87), edit(tag, { everyMs: 1_000 }), add(86.95, begun(row))),
  ),
  attack(
    '7.16',
    row,
    'a run recorded after half of its time',
    both(
      atOnce(tag, 87),
      edit(tag, row === tag ? {} : { everyMs: 2_000 }),
      add(tag === 'ping' ? 75 : 83, begun(row)),
    ),
  ),
])

export const attacks7to12: readonly Attack[] = [
  ...physicsRows,
  ...outsideRows,
  ...lossRow,
  ...latencyRows,
  ...rateRows,
  ...soonRows,
]
