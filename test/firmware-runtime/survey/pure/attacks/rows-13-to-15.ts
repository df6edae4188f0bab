// Facts that must not pass in rows 13 to 15 of table D.1, and those that concern every row: repaired files, clocks that ran
// backwards, reasons that say nothing.
import type { ItemId, RepairedBody } from '#survey/pure/file/record.ts'
import { startMs } from '../records.ts'
import { attack, failing, type Attack } from './attack.ts'
import { add, addAll, both, drop, edit, endMin, restamped, withdraw } from './change.ts'
import { check, clock, clockFrom, link, made, signal, type Made } from './whole-survey.ts'

const minuteMs = 60_000
const half = (i: number): number => (i < 20 ? 0 : 6)
const radioRow: readonly Attack[] = [
  failing(attack('D.1', 'D13', 'RSRP is low', edit('D13', { rsrpDbm: -110 }))),
  failing(attack('D.1', 'D13', 'SINR is low', edit('D13', { sinrDb: 2 }))),
  attack(
    '7.5',
    'D13',
    'each figure is good in its half',
    edit('D13', (_body, i) => (i % 2 === 0 ? { rsrpDbm: -120 } : { sinrDb: -2 })),
  ),
  attack(
    '7.5',
    'D13',
    'half of the readings find no network',
    edit('D13', (_body, i) => (i % 2 === 0 ? { rsrpDbm: null, sinrDb: null } : {})),
  ),
  attack(
    '3',
    'D13',
    '20 readings',
    drop((one: Made) => one.tag === 'D13' && one.minute > 97),
  ),
  attack('7.12', 'D13', '20 readings at once, and 20 six minutes later', (all) => {
    let i = 0
    return all.map((one) => (one.tag === 'D13' ? { ...one, minute: 92 + half(i++) } : one))
  }),
  attack('7.12', 'D13', '20 readings in 20 s, and 20 more six minutes later', (all) => {
    let i = 0
    return all.map((one) =>
      one.tag === 'D13' ? { ...one, minute: 92 + half(i) + (i++ % 20) / 60 } : one,
    )
  }),
  failing(
    attack('7.21', 'D13', 'ten weak minutes, and measured on until it passes', (all) => [
      ...all.filter(({ tag }) => tag !== 'D13'),
      ...Array.from({ length: 400 }, (_, i) =>
        made('D13', 92 + i / 4, signal(i < 40 ? -110 : -85, 12)),
      ),
    ]),
  ),
  attack('7.16', 'D13', 'GSM', edit('D13', { technology: 'GSM' })),
  attack('7.16', 'D13', 'WiFi', edit('D13', { technology: 'WiFi' })),
  attack('7.16', 'D13', 'WCDMA', edit('D13', { technology: 'WCDMA' })),
  attack(
    '7.16',
    'D13',
    'half of the readings are 3G',
    edit('D13', (_body, i) => (i % 2 === 0 ? { technology: 'WCDMA' } : {})),
  ),
  attack(
    '7.14',
    'D13',
    'bad readings are withdrawn',
    both(
      addAll(
        91,
        Array.from({ length: 40 }, () => signal(-115, 0)),
        undefined,
        'bad',
      ),
      ...Array.from({ length: 40 }, (_, i) =>
        withdraw(i === 0 ? 'bad' : `bad.${i}`, endMin, '天线没有接好,重新接'),
      ),
    ),
  ),
]

const clockRows: readonly Attack[] = (['D14', 'D15'] as const).flatMap((row) => {
  const source = row === 'D14' ? 'beidou' : 'ntp'
  const off = clock(source, 0, { offsetMs: 5_000 })
  const isSync = (one: Made): boolean => one.tag === 'D15'
  const synced = (of: (i: number) => number) =>
    edit(isSync, (_body, i) => ({ syncedAtMs: startMs + of(i) }))
  return [
    failing(attack('D.1', row, 'the lane is 5 s off', edit(row, { offsetMs: 5_000 }))),
    failing(
      attack(
        '7.14',
        row,
        'a reading 5 s off is withdrawn',
        both(
          addAll(clockFrom + 1, [off], undefined, 'bad'),
          withdraw('bad', endMin, '读数抄错了一位'),
        ),
      ),
    ),
    attack(
      '7.14',
      row,
      'a typed reading 5 s off is withdrawn',
      both(
        addAll(
          clockFrom + 1,
          [Object.assign({}, off, { origin: { how: 'typed' } })],
          undefined,
          'bad',
        ),
        withdraw('bad', endMin, '读数抄错了一位'),
      ),
    ),
    attack(
      '4',
      row,
      'six readings',
      drop((one: Made) => one.tag === row && one.minute < clockFrom + 9),
    ),
    attack('4', row, 'all readings in 10 min', (all) =>
      all.map((one) =>
        one.tag === row ? { ...one, minute: clockFrom + (one.minute - clockFrom) / 4 } : one,
      ),
    ),
    attack(
      '7.15',
      row,
      'two synchronisations 1 ms apart',
      synced((i) => clockFrom * minuteMs + (i % 2)),
    ),
    attack(
      '7.15',
      row,
      'two synchronisations 5 min apart',
      synced((i) => (clockFrom + 5 * (i % 2)) * minuteMs),
    ),
    attack(
      '4',
      row,
      'no synchronisation',
      synced(() => clockFrom * minuteMs),
    ),
    attack(
      '7.10',
      row,
      'synchronisations before the survey',
      synced((i) => -(1_000 + 12 * i) * minuteMs),
    ),
    attack(
      '7.16',
      row,
      'the time server is this computer',
      edit(isSync, { server: '127.0.0.1:123' }),
    ),
    attack('7.16', row, 'the time server is localhost', edit(isSync, { server: 'localhost' })),
    attack(
      '7.16',
      row,
      'the time server has an own address',
      edit(isSync, { server: '192.168.1.10:123', serverIsSelf: true }),
    ),
    ...['127.0.0.1', '127.0.1.1', '::1', '::ffff:127.0.0.1'].map((serverAddress) =>
      attack(
        '7.16',
        row,
        `the name of the time server leads to ${serverAddress}`,
        edit(isSync, { server: 'time.example:123', serverAddress }),
      ),
    ),
    attack(
      '7.16',
      row,
      'the name of the time server leads to an own address',
      edit(isSync, {
        server: 'time.example:123',
        serverAddress: '192.168.1.10',
        serverIsSelf: true,
      }),
    ),
    attack(
      '7.16',
      row,
      'the server is the local clock of chrony',
      edit(isSync, { server: '127.127.1.0' }),
    ),
    attack('4', row, 'the camera is not read', drop('camera')),
    failing(attack('4', row, 'the camera is 3 s off', edit('camera', { offsetMs: 3_000 }))),
    attack(
      '7.14',
      row,
      'camera readings 3 s off are withdrawn',
      both(
        addAll(
          clockFrom,
          [clock('ntp', 0, { of: 'camera', device: '2', offsetMs: 3_000 })],
          undefined,
          'bad',
        ),
        withdraw('bad', endMin, '读数抄错了一位'),
      ),
    ),
    attack('7.10', row, 'the excuse of the antenna is missing', drop('D15 rsu')),
    attack('7.18', row, 'a stroke excuses the antenna', edit('D15 rsu', { remark: '-' })),
    attack(
      '7.18',
      row,
      'twelve strokes excuse the platform',
      edit('D15 platform', { remark: '------------' }),
    ),
    attack(
      '7.14',
      row,
      'the excuse was withdrawn',
      withdraw('D15 rsu', endMin, '写错了天线的型号'),
    ),
  ]
})
const beidouRow: readonly Attack[] = [
  failing(attack('4', 'D14', 'the time is of GPS', edit('D14', { constellation: 'GP' }))),
  attack('4', 'D14', 'the receiver names no constellation', edit('D14', { constellation: 'GN' })),
  attack(
    '7.14',
    'D14',
    'a reading of GPS is withdrawn',
    both(
      addAll(clockFrom, [clock('beidou', 0, { constellation: 'GP' })], undefined, 'bad'),
      withdraw('bad', endMin, '读数抄错了一位'),
    ),
  ),
]

const repaired = (more: Partial<RepairedBody>): RepairedBody => ({
  kind: 'repaired',
  fromSurveyId: 'example',
  lost: [],
  suspect: [],
  picturesLost: [],
  ...more,
})
const rows = Array.from({ length: 15 }, (_, i) => `D${i + 1}` as ItemId)
const repairRows: readonly Attack[] = rows.flatMap((row) => [
  attack('7.14', row, 'a record was lost before the repair', add(endMin, repaired({ lost: [7] }))),
  attack(
    '7.14',
    row,
    'a record was not proven before the repair',
    add(endMin, repaired({ suspect: [7] })),
  ),
])
const picturesLost: readonly Attack[] = (['D1', 'D2', 'D3', 'D4'] as const).map((row) =>
  attack(
    '7.14',
    row,
    'the picture was lost before the repair',
    add(endMin, repaired({ picturesLost: ['AB'.repeat(32)] })),
  ),
)

/** Rows whose readings the clock of the measuring computer orders. */
const backwards: readonly Attack[] = (
  [
    ['D13', 'D13'],
    ['D14', 'D14'],
    ['D15', 'D15'],
    ['D11', 'D11'],
    ['D12', 'D12'],
  ] as const
).map(([row, tag]) => {
  let i = 0
  return attack('7.13', row, 'a clock that runs back by two hours', (all) => {
    i = 0
    return restamped((one) => one.tag === tag && i++ >= 5, -120)(all)
  })
})

const lateReasons: readonly Attack[] = [
  attack(
    '7.18',
    'D7',
    'the reason for measuring again is a stroke',
    both(add(59, { kind: 'rerun', items: ['D7', 'D8'], reason: '-' }), add(58, link('ping'))),
  ),
  attack(
    '7.18',
    'D13',
    'the reason for measuring again is one letter',
    both(
      add(91.5, { kind: 'rerun', items: ['D13'], reason: 'xxxxxxxxxxxx' }),
      add(91, signal(-80, 20)),
    ),
  ),
  attack('7.18', 'D15', 'an excuse for a clock by nobody', (all) =>
    all.map((one) => (one.tag === 'D15 rsu' ? { ...one, by: '?' } : one)),
  ),
  attack('7.18', 'D14', 'an excuse for a clock by nobody', (all) =>
    all.map((one) => (one.tag === 'D15 rsu' ? { ...one, by: '?' } : one)),
  ),
  attack(
    '7.10',
    'D15',
    'every clock but the lane is excused with one letter',
    both(drop('camera'), add(104, check('D15', 'camera', 'notApplicable', 'xxxxxxxxxxxxx'))),
  ),
]

export const attacks13to15: readonly Attack[] = [
  ...radioRow,
  ...clockRows,
  ...beidouRow,
  ...repairRows,
  ...picturesLost,
  ...backwards,
  ...lateReasons,
]
