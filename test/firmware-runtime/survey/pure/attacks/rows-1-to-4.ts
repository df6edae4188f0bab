// Facts that must not pass in rows 1 to 4 of table D.1: answers of a person, the mounting of the antenna, its name plate.
import type { ItemId } from '#survey/pure/file/record.ts'
import { attack, failing, type Attack } from './attack.ts'
import { add, both, drop, edit, endMin, signedBy, withdraw, type Change } from './change.ts'
import { check } from './whole-survey.ts'

const partsOf = {
  D1: ['island', 'signs', 'markings'],
  D2: ['devices', 'antenna-place', 'trigger', 'camera', 'display', 'booth'],
  D3: ['lane-devices', 'software', 'network', 'lightning', 'power-backup'],
  D4: ['approval', 'hardware'],
} as const
type CheckRow = keyof typeof partsOf
const answer = (row: CheckRow, part: string, more: object): Change => edit(`${row} ${part}`, more)
const allBut = (row: CheckRow, keep: number, more: object): Change =>
  both(...partsOf[row].slice(keep).map((part) => answer(row, part, more)))
const away = '本车道没有这一部分,见现场平面图'

const checkRows: readonly Attack[] = (['D1', 'D2', 'D3', 'D4'] as const).flatMap((row) => {
  const [first] = partsOf[row]
  const n = partsOf[row].length
  const noRemark = { answer: 'notApplicable', remark: '-' }
  const repeated = { answer: 'notApplicable', remark: '----------------' }
  const letters = { answer: 'notApplicable', remark: 'aaaaaaaaaaaaaa' }
  const withWords = { answer: 'notApplicable', remark: away }
  return [
    failing(attack('D.1', row, 'one answer is no', answer(row, first, { answer: 'no' }))),
    attack('D.1', row, 'one part has no answer', drop(`${row} ${first}`)),
    attack('7.10', row, 'all parts do not apply', allBut(row, 0, withWords)),
    attack('7.18', row, 'all parts but one do not apply', allBut(row, 1, withWords)),
    attack('7.18', row, 'a stroke excuses a part', answer(row, first, noRemark)),
    attack('7.18', row, 'sixteen strokes excuse a part', answer(row, first, repeated)),
    attack('7.18', row, 'one letter many times excuses a part', answer(row, first, letters)),
    attack(
      '7.18',
      row,
      'nobody signs the excuse',
      both(
        answer(row, partsOf[row][n - 1] ?? '', withWords),
        signedBy(`${row} ${partsOf[row][n - 1] ?? ''}`, '-'),
      ),
    ),
    attack(
      '7.14',
      row,
      'a no is withdrawn and the earlier yes comes back',
      both(add(90, check(row, first, 'no')), withdraw('added', 91, '按错了')),
    ),
  ]
})

const photoLost: readonly Attack[] = [
  ['D1', 'island'],
  ['D2', 'antenna-place'],
  ['D3', 'lightning'],
  ['D4', 'approval'],
].map(([row = 'D1', part = '']) =>
  attack('D.1', row as ItemId, 'a photo is missing', edit(`${row} ${part}`, { photos: [] })),
)

const deviation = (text: string) => ({ kind: 'deviation', item: 'D2', text, area: null }) as const

const layoutRow: readonly Attack[] = [
  attack('7.1.1 c', 'D2', 'the height is unknown', edit('setup', { heightMm: null })),
  attack('7.1.1 c', 'D2', 'the yaw departs without a word', edit('setup', { yawDeg: 10 })),
  attack(
    '7.18',
    'D2',
    'an x excuses an antenna at 20 m, 90 degrees upwards',
    both(edit('setup', { heightMm: 20_000, downDeg: -90 }), add(endMin, deviation('x'))),
  ),
  attack(
    '7.18',
    'D2',
    'words excuse an antenna that points upwards',
    both(edit('setup', { downDeg: -90 }), add(endMin, deviation('门架限制,按现场情况安装'))),
  ),
  attack(
    '7.18',
    'D2',
    'words excuse an antenna at 20 m',
    both(edit('setup', { heightMm: 20_000 }), add(endMin, deviation('门架限制,按现场情况安装'))),
  ),
  attack(
    '7.18',
    'D2',
    'ten strokes excuse a yaw',
    both(edit('setup', { yawDeg: 10 }), add(endMin, deviation('----------'))),
  ),
  attack(
    '7.18',
    'D2',
    'the reason is written before the angle that it excuses',
    both(edit('setup', { yawDeg: 10 }), add(0.5, deviation('门架限制,按现场情况安装'))),
  ),
  attack(
    '7.18',
    'D2',
    'nobody signs the deviation',
    both(edit('setup', { yawDeg: 10 }), add(endMin, deviation('门架限制,按现场情况安装'), '—')),
  ),
  attack('7.3', 'D2', 'the setup is withdrawn', withdraw('setup', endMin, '录错了天线的位置')),
]

const plateRow: readonly Attack[] = [
  failing(attack('D.1', 'D4', 'another approval number', edit('nameplate', { approvalNo: 'T-2' }))),
  failing(attack('D.1', 'D4', 'another hardware', edit('nameplate', { hardwareVersion: 'V2' }))),
  attack('D.1', 'D4', 'no name plate', drop('nameplate')),
  attack(
    '7.14',
    'D4',
    'a plate that differs is withdrawn and the earlier one comes back',
    both(
      (all) => [
        ...all,
        ...all
          .filter(({ tag }) => tag === 'nameplate')
          .map((one) => ({ ...one, tag: 'other', minute: endMin })),
      ],
      edit('other', { approvalNo: 'T-2' }),
      withdraw('other', endMin + 1, '看错了铭牌'),
    ),
  ),
]

export const attacks1to4: readonly Attack[] = [
  ...checkRows,
  ...photoLost,
  ...layoutRow,
  ...plateRow,
]
