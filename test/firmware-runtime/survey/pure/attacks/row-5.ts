// Facts that must not pass in row 5 of table D.1: the field, and transactions of OBUs.
import { insidePlaces, ringPlaces } from '#survey/pure/field/obu-tries.ts'
import { attack, byTries, failing, type Attack } from './attack.ts'
import {
  add,
  addAll,
  bare,
  both,
  dayMin,
  drop,
  edit,
  endMin,
  later,
  restamped,
  withdraw,
  type Change,
} from './change.ts'
import { analyser, field, opened, secondPerson, setup, trigger, type Made } from './whole-survey.ts'

/** Levels of a burst by the place of its point. */
const burst = (levelsDbm: readonly number[]) => ({ levelsDbm })
const isField = ({ tag }: Made): boolean => ['point', 'drift', 'background'].includes(tag)
const at =
  (xMm: number, yMm: number) =>
  (one: Made): boolean =>
    one.tag === 'point' && one.body.kind === 'field' && one.body.xMm === xMm && one.body.yMm === yMm
const isRing = (one: Made): boolean =>
  one.tag === 'point' && one.body.kind === 'field' && (one.body.xMm < 0 || one.body.yMm === -250)
const isOutside = (one: Made): boolean =>
  one.tag === 'point' &&
  one.body.kind === 'field' &&
  !(one.body.xMm > 0 && one.body.yMm > 0 && one.body.xMm < 2_000 && one.body.yMm < 2_500)
const plan = (more: object): Change =>
  edit('opened', { zone: Object.assign({}, opened.zone, more) })
/** Further readings of a point of the lane. */
type Place = Parameters<typeof field>[0]
const retake = (place: Place, levelDbm: number) =>
  field(place, 'lane', levelDbm, { reason: '复核这一点的读数' })
const retakes = (place: Place, levels: readonly number[]) =>
  levels.map((levelDbm) => retake(place, levelDbm))
const other = { ...analyser, instrumentId: 'b', serialNo: 'S2' } as const

const fieldRow: readonly Attack[] = [
  failing(attack('D.1', 'D5', 'a needed place at -48 dBm', edit(at(1_000, 1_250), burst([-48])))),
  failing(attack('1.3', 'D5', 'a place of the ring at -40 dBm', edit(isRing, burst([-40])))),
  failing(
    attack(
      '7.21',
      'D5',
      'a needed place at -49 dBm, and three better retakes',
      both(
        edit(at(1_000, 1_250), burst([-47])),
        addAll(20, retakes({ xMm: 1_000, yMm: 1_250 }, [-43, -42, -42])),
      ),
    ),
  ),
  failing(
    attack(
      '7.21',
      'D5',
      'a place of the ring at -42 dBm, and three better retakes',
      both(
        edit(at(-250, 1_250), burst([-42])),
        addAll(20, retakes({ xMm: -250, yMm: 1_250 }, [-47, -47, -47])),
      ),
    ),
  ),
  attack(
    '7.21',
    'D5',
    'a point that was withdrawn and read again four times',
    both(
      edit(at(1_000, 1_250), burst([-39])),
      ...[1, 2, 3, 4].flatMap((n) => [
        add(20 + n / 4, retake({ xMm: 1_000, yMm: 1_250 }, -48), undefined, `try${n}`),
        withdraw(`try${n}`, 20.1 + n / 4, '有车经过,读数受干扰'),
      ]),
    ),
  ),
  attack(
    '7.24',
    'D5',
    'a calibration of ten years',
    edit('instrument', { calibratedUntil: '2036-01-01' }),
  ),
  attack('7.24', 'D5', 'a cable of 60 dB', edit('instrument', { correctionDb: 60 })),
  attack('7.24', 'D5', 'a cable of -60 dB', edit('instrument', { correctionDb: -60 })),
  attack(
    '7.23',
    'D5',
    'the clock was set back into the calibration',
    restamped('opened', 500 * dayMin),
  ),
  attack('7.23', 'D5', 'a clock that runs back by 40 s, five times', (all) =>
    all.map((one) =>
      isField(one) && one.minute > 10
        ? { ...one, minute: one.minute - Math.min(5, Math.floor((one.minute - 8) / 2)) * 0.67 }
        : one,
    ),
  ),
  attack('7.23', 'D5', 'an hour back between opening and first reading', restamped('opened', 60)),
  attack('1.3', 'D5', 'a point is not read', drop(at(500, 500))),
  attack('1.3', 'D5', 'the adjacent lane is not read', drop(at(3_600, 500))),
  attack('D.1', 'D5', 'one reading 3 m up', edit(at(500, 500), { zMm: 3_000 })),
  attack('1.2', 'D5', 'no background', drop('background')),
  attack(
    '7.12',
    'D5',
    'a ring burst whose median hides two weak peaks',
    edit(isRing, burst([-90, -90, -52, -52, -52])),
  ),
  attack(
    '7.12',
    'D5',
    'a ring burst whose median hides two strong peaks',
    edit(isRing, burst([-40, -40, -52, -52, -52])),
  ),
  attack(
    '7.12',
    'D5',
    'a background burst with three strong peaks',
    edit('background', burst([-40, -40, -40, -90, -90])),
  ),
  attack(
    '7.12',
    'D5',
    'a background burst with one strong peak',
    edit('background', burst([-40, -90, -90, -90, -90])),
  ),
  attack(
    '7.12',
    'D5',
    'a needed burst with a hole',
    edit(at(1_000, 1_250), burst([-38, -38, -38, -60, -60])),
  ),
  attack(
    '7.12',
    'D5',
    'a drift burst that is 20 dB wide',
    edit('drift', burst([-38, -38, -38, -58, -58])),
  ),
  attack(
    '7.1',
    'D5',
    'another power was set after the field',
    add(endMin, { ...setup, settings: { powerStep: 20 } }),
  ),
  attack(
    '7.1',
    'D5',
    'another power in the middle of the field',
    add(20, { ...setup, settings: { powerStep: 20 } }),
  ),
  attack(
    '7.13',
    'D5',
    'another firmware in the middle of the field',
    add(20, { ...setup, firmware: '2.0.0' }),
  ),
  attack(
    '7.13',
    'D5',
    'another firmware after the field',
    add(endMin, { ...setup, firmware: '2.0.0' }),
  ),
  attack('7.13', 'D5', 'the field is read before the first setup record', later('setup', 300)),
  attack(
    '7.13',
    'D5',
    'half of the field 20 days later',
    later((one) => isField(one) && one.minute > 20, 20 * dayMin),
  ),
  attack(
    '7.13',
    'D5',
    'the background 180 days before',
    restamped((one) => one.tag !== 'background' && one.minute > 1, 180 * dayMin),
  ),
  attack(
    '7.13',
    'D5',
    'a clock that runs back by two hours',
    restamped((one) => isField(one) && one.minute > 20, -120),
  ),
  attack(
    '7.2',
    'D5',
    'the correction is written after the field',
    both(edit('point', burst([-48])), add(endMin, { ...analyser, correctionDb: 10 })),
  ),
  attack(
    '7.2',
    'D5',
    'another instrument row without its own drift',
    add(20, { ...analyser, serialNo: 'S9' }),
  ),
  attack(
    '7.3',
    'D5',
    'the instrument row is withdrawn',
    withdraw('instrument', endMin, '录错了仪器的编号'),
  ),
  attack(
    '7.3',
    'D5',
    'the setup is withdrawn and an earlier one comes back',
    both(
      add(0.5, { ...setup, settings: { powerStep: 9 } }),
      withdraw('setup', endMin, '录错了天线的功率'),
    ),
  ),
  attack('7.7', 'D5', 'the gain of the probe is unknown', bare('instrument', 'gainDbi')),
  failing(
    attack('7.7', 'D5', 'a probe of 12 dBi reads -38 dBm', edit('instrument', { gainDbi: 12 })),
  ),
  attack('7.8', 'D5', 'the background at one place', edit('background', { xMm: 0, yMm: 0 })),
  attack('7.8', 'D5', 'the drift point 10 m away', edit('drift', { yMm: 12_000 })),
  attack(
    '7.8',
    'D5',
    'a small needed area, by one person',
    plan({
      needed: { leftMm: 600, rightMm: 1_400, nearMm: 850, farMm: 1_650 },
      neededReason: '车道窄,只停一辆小车',
    }),
  ),
  attack(
    '7.16',
    'D5',
    'a needed area of a millimetre, small',
    plan({
      needed: { leftMm: 1_000, rightMm: 1_001, nearMm: 1_250, farMm: 1_251 },
      neededReason: 'small',
    }),
  ),
  attack(
    '7.16',
    'D5',
    'a needed area of a millimetre, with words and a second person',
    both(
      plan({
        needed: { leftMm: 1_000, rightMm: 1_001, nearMm: 1_250, farMm: 1_251 },
        neededReason: '车道窄,只停一辆小车',
      }),
      add(
        1,
        { kind: 'deviation', item: 'D5', text: '同意:车道窄,只停一辆小车', area: null },
        secondPerson,
      ),
    ),
  ),
  attack('7.16', 'D5', 'an uncertainty of 0.1 dB', plan({ uncertaintyDb: 0.1 })),
  attack('7.16', 'D5', 'an uncertainty below that of the best class', plan({ uncertaintyDb: 0.5 })),
  attack(
    '7.18',
    'D5',
    'no adjacent lane, ten strokes',
    plan({ neighbourAxesMm: [], noNeighbours: '----------' }),
  ),
  attack(
    '7.18',
    'D5',
    'no adjacent lane, one letter',
    plan({ neighbourAxesMm: [], noNeighbours: 'xxxxxxxxxxxx' }),
  ),
  attack('7.15', 'D5', 'two instruments 10 dB apart, the strong one inside', (all) =>
    all.flatMap((one): readonly Made[] => {
      if (one.tag === 'instrument') return [one, { ...one, body: other }]
      if (one.tag === 'drift' && one.body.kind === 'field')
        return [one, { ...one, body: { ...one.body, instrumentId: 'b', levelsDbm: [-48] } }]
      if (!isOutside(one)) return [one]
      return [
        { ...one, body: Object.assign({}, one.body, { instrumentId: 'b', levelsDbm: [-53] }) },
      ]
    }),
  ),
  attack('7.15', 'D5', 'drift by an instrument that read no point', (all) =>
    all.flatMap((one): readonly Made[] =>
      one.tag === 'instrument'
        ? [one, { ...one, body: other }]
        : [
            one.tag === 'drift'
              ? { ...one, body: Object.assign({}, one.body, { instrumentId: 'b' }) }
              : one,
          ],
    ),
  ),
  attack(
    '7.14',
    'D5',
    'a strong place of the ring is withdrawn by its reader',
    both(
      addAll(
        30,
        [field({ xMm: -250, yMm: -250 }, 'lane', -38, { reason: '复测这一点的场强' })],
        undefined,
        'loud',
      ),
      withdraw('loud', endMin, '读错了,旁边有车'),
    ),
  ),
  attack(
    '7.14',
    'D5',
    'a weak needed place is withdrawn with a stroke',
    both(
      addAll(30, [field(trigger, 'lane', -50, { reason: '复测这一点的场强' })], undefined, 'weak'),
      withdraw('weak', endMin, '-', secondPerson),
    ),
  ),
  attack(
    '7.6',
    'D5',
    'a needed place at -38 and twice at -50 dBm: no outlier is taken out',
    addAll(30, [
      field(trigger, 'lane', -50, { reason: '复测' }),
      field(trigger, 'lane', -50, { reason: '复测' }),
    ]),
  ),
  attack(
    '7.6',
    'D5',
    'readings of one place 12 dB apart',
    add(30, field(trigger, 'lane', -26, { reason: '复测' })),
  ),
]

const isTry = ({ tag }: Made): boolean => tag === 'try'
const isRingTry = ({ tag, body }: Made): boolean =>
  tag === 'try' && body.kind === 'obuTries' && body.good === 0
const nearOf = (index: number) => {
  const [one, ...more] = ringPlaces(opened)
  const places = [one, ...more.slice(0, 2), more[4]].filter((each) => each !== undefined)
  const base = places[index % 4] ?? trigger
  return { xMm: base.xMm + Math.floor(index / 4), yMm: base.yMm }
}
const names = ['A1', 'a1', 'A1 ']
const outside = {
  kind: 'obuTries',
  xMm: 1_000,
  yMm: 4_000,
  obuId: 'A1',
  zMm: 1_000,
  tries: 5,
  good: 5,
} as const

const triesRow: readonly Attack[] = [
  attack('1.3', 'D5', 'the ring is not tried', drop(isRingTry)),
  attack(
    '1.3',
    'D5',
    'an OBU transacts on the ring',
    add(49.5, { ...outside, xMm: -250, yMm: -250, good: 1 }),
  ),
  attack(
    '7.15',
    'D5',
    'one OBU in three spellings',
    edit(isTry, (body) =>
      body.kind === 'obuTries' ? { obuId: names[['A1', 'A2', 'A3'].indexOf(body.obuId)] } : {},
    ),
  ),
  attack(
    '7.15',
    'D5',
    'ring places within 2 mm of each other',
    edit(isRingTry, (_body, i) => nearOf(i % 8)),
  ),
  attack('7.15', 'D5', 'tries at 4 m height', edit(isTry, { zMm: 4_000 })),
  attack('7.15', 'D5', 'tries at the ground', edit(isTry, { zMm: 100 })),
  attack('7.15', 'D5', 'tries 200 days after the field', later(isTry, 200 * dayMin)),
  attack('7.15', 'D5', 'tries two days after the field', later(isTry, 2 * dayMin)),
  attack(
    '7.1',
    'D5',
    'tries before another power',
    add(49.5, { ...setup, settings: { powerStep: 9 } }),
  ),
].map(byTries)

const triesAlways: readonly Attack[] = [
  failing(attack('1.3', 'D5', 'an OBU transacts 1.5 m outside', add(49, outside))),
  failing(
    attack(
      '1.3',
      'D5',
      'an OBU transacts 1.5 m outside, in another spelling',
      addAll(49, [outside, { ...outside, obuId: 'a1', good: 0 }, { ...outside, good: 0 }]),
    ),
  ),
  attack(
    '7.14',
    'D5',
    'a transaction outside is withdrawn by its reader',
    both(addAll(49, [outside], undefined, 'loud'), withdraw('loud', endMin, '按错了,没有交易')),
  ),
  attack(
    '1.3',
    'D5',
    'an OBU does not transact in the needed area',
    add(49, { ...outside, ...insidePlaces(opened)[4], good: 0 }),
  ),
]

export const attacks5: readonly Attack[] = [...fieldRow, ...triesRow, ...triesAlways]
