// Answers and name plates that were given again (7.19, 7.18): without a reason, with one that says nothing, or with one of the
// same person where the answer lifts a fail. And what an honest person does.
import type { ItemId, NameplateBody, RerunBody } from '#survey/pure/file/record.ts'
import { signsParts } from '#survey/pure/items/d01-signs.ts'
import { layoutParts } from '#survey/pure/items/d02-layout.ts'
import { electricalParts } from '#survey/pure/items/d03-electrical.ts'
import { antennaModelParts } from '#survey/pure/items/d04-antenna-model.ts'
import { attack, type Attack } from './attack.ts'
import { add, both, edit, withdraw, type Change } from './change.ts'
import { check, nameplate, secondPerson, surveyor } from './whole-survey.ts'

/** The whole survey answers in its second minute. */
const beforeMin = 1
const againMin = 90

const firstParts = [
  ['D1', 'markings'],
  ['D2', 'booth'],
  ['D3', 'lightning'],
  ['D4', 'hardware'],
] as const
const away = '本车道没有这一部分,见现场平面图'
const mended = '接地已整改,复测 3 欧'
const rerun = (item: ItemId, reason: string): RerunBody => ({
  kind: 'rerun',
  items: [item],
  reason,
})

type Row = (typeof firstParts)[number]
const measured = '接地电阻 40 欧,实测两次'
const saidNo = ([item, part]: Row, minute = beforeMin): Change =>
  add(minute, check(item, part, 'no', measured), undefined, 'no')
const remarked = ([item, part]: Row, remark: string): Change => edit(`${item} ${part}`, { remark })
/** Another question of the same row. */
const siblings = {
  D1: signsParts[0],
  D2: layoutParts[0],
  D3: electricalParts[0],
  D4: antennaModelParts[0],
} as const
const why = ([item]: Row, minute: number, reason = mended, by = surveyor): Change =>
  add(minute, rerun(item, reason), by)
const doesNotApply = ([item, part]: Row, minute = againMin): Change =>
  add(minute, check(item, part, 'notApplicable', away))

const answersOf = (row: Row): readonly (readonly [string, Change])[] => [
  ['a no became a yes, and nobody says why', saidNo(row)],
  ['a no became a yes for a stroke', both(saidNo(row), why(row, 1.5, '-'))],
  ['a no became a yes for one letter', both(saidNo(row), why(row, 1.5, 'aaaaaaaaaaaa'))],
  ['a no became a yes, and nobody signs why', both(saidNo(row), why(row, 1.5, mended, '未署名'))],
  [
    'a no was withdrawn before the yes',
    both(saidNo(row), withdraw('no', 1.5, '按错了按钮,重新回答')),
  ],
  ['the reason came before the no', both(saidNo(row), why(row, 0.5))],
  ['the yes has the remark of the no', both(saidNo(row), remarked(row, measured))],
  [
    'the yes has the remark of the no with other blanks and marks',
    both(saidNo(row), remarked(row, ' 接地电阻40欧， 实测 两次。')),
  ],
  ['the reason is the remark of the no', both(saidNo(row), why(row, 1.5, measured))],
  [
    'the yes has the remark of the no before the last',
    both(saidNo(row), add(1.5, check(row[0], row[1], 'no', mended)), remarked(row, measured)),
  ],
  [
    'another question of the row has a remark',
    both(saidNo(row), add(1.5, check(row[0], siblings[row[0]]?.part ?? '', 'yes', mended))),
  ],
  [
    'a no does not apply any more, says the same person',
    both(saidNo(row), why(row, 1.5), doesNotApply(row), why(row, againMin - 1, away)),
  ],
  [
    'a no became a yes, and that does not apply, says the same person',
    both(saidNo(row), why(row, 1.5), why(row, againMin - 1, away), doesNotApply(row)),
  ],
]

const other: NameplateBody = { ...nameplate, approvalNo: 'T-2' }
const otherPlate = add(beforeMin, other, undefined, 'plate')
const plateWhy = (by = surveyor): Change => add(1.5, rerun('D4', '铭牌抄错一位,已对照照片'), by)
const noProfile = edit(({ body }) => body === nameplate, { library: null })

const plates: readonly (readonly [string, Change])[] = [
  ['another plate was typed again', otherPlate],
  ['another hardware was typed again', add(beforeMin, { ...nameplate, hardwareVersion: 'V9' })],
  [
    'another plate was withdrawn and typed again',
    both(otherPlate, withdraw('plate', 1.5, '铭牌抄错一位,重新录入')),
  ],
  ['another plate was compared with no profile', both(otherPlate, noProfile, plateWhy())],
  [
    'another plate was compared with another profile',
    both(
      otherPlate,
      edit(({ body }) => body === nameplate, {
        library: { profile: 'example/other', revision: 1, approvals: [] },
      }),
      plateWhy(),
    ),
  ],
]

export const answerAttacks: readonly Attack[] = [
  ...firstParts.flatMap((row) =>
    answersOf(row).map(([what, change]) => attack('7.19', row[0], what, change)),
  ),
  ...plates.map(([what, change]) => attack('7.19', 'D4', what, change)),
]

export const lawfulAnswers: readonly (readonly [string, Change])[] = [
  ...firstParts.flatMap((row): (readonly [string, Change])[] => [
    [`${row[0]}: mended after a no, with a reason`, both(saidNo(row), why(row, 1.5))],
    [
      `${row[0]}: the same yes again, with a remark`,
      add(againMin, check(row[0], row[1], 'yes', '复核无误')),
    ],
  ]),
  [
    'a no that does not apply, says a second person',
    both(
      saidNo(firstParts[2]),
      why(firstParts[2], 1.5),
      why(firstParts[2], againMin - 1, away, secondPerson),
      doesNotApply(firstParts[2]),
    ),
  ],
  ...firstParts.map((row): readonly [string, Change] => [
    `${row[0]}: a no became a yes whose remark says why`,
    both(saidNo(row), edit(`${row[0]} ${row[1]}`, { remark: mended })),
  ]),
  ['a plate corrected with a reason', both(otherPlate, plateWhy())],
  ['the serial number is added', add(beforeMin, { ...nameplate, serialNo: null })],
]
