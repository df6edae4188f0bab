// States of the antenna that come back, or that a record only seems to change (7.20): what failed in them stands.
import type { SetupBody } from '#survey/pure/file/record.ts'
import { attack, type Attack } from './attack.ts'
import { add, both, type Change } from './change.ts'
import { byTime, crossRead, made, setup } from './whole-survey.ts'

/** After the row of the instrument, before the first reading of the whole survey. */
const failedMin = 5.5

/** A place of the ring as strong as the field, in the first state. */
const strongRing: Change = (all) =>
  byTime([
    ...all,
    ...all
      .flatMap(({ tag, body }) => (tag === 'point' && body.kind === 'field' ? [body] : []))
      .filter(({ xMm }) => xMm < 0)
      .slice(0, 1)
      .map((body) => made('failed', failedMin, { ...body, levelsDbm: [-40, -40, -40, -40, -40] })),
  ])
const wrongReads: Change = add(failedMin, crossRead({ inNeighbour: 3 }))

const states = (...between: readonly SetupBody[]): Change =>
  both(...between.map((body, i) => add(failedMin + 0.1 + i / 100, body)))

const seeming: readonly (readonly [string, Change])[] = [
  ['another power and back', states({ ...setup, settings: { powerStep: 11 } }, setup)],
  [
    'two other powers and back',
    states(
      { ...setup, settings: { powerStep: 11 } },
      { ...setup, settings: { powerStep: 12 } },
      setup,
    ),
  ],
  ['another angle and back', states({ ...setup, yawDeg: 10 }, setup)],
  ['another place and back', states({ ...setup, at: { xMm: 400, yMm: 0 } }, setup)],
  ['another firmware and back', states({ ...setup, firmware: '2.0.0' }, setup)],
  [
    'a member without meaning',
    states({ ...setup, settings: { powerStep: 16, note: 'second visit' } }),
  ],
  ['a member of another name', states({ ...setup, settings: { power: 16 } })],
  ['no settings, then the same', states({ ...setup, settings: {} }, setup)],
  ['the number as text', states({ ...setup, settings: { powerStep: '16' } })],
  ['the height no more, then the same', states({ ...setup, heightMm: null }, setup)],
]

export const stateAttacks: readonly Attack[] = seeming.flatMap(([what, change]) => [
  attack('7.20', 'D5', `a strong place, then ${what}`, both(strongRing, change)),
  attack('7.20', 'D6', `wrong reads, then ${what}`, both(wrongReads, change)),
])

/** What failed in another state says nothing of this one. */
export const otherStates: readonly (readonly [string, Change])[] = [
  { powerStep: 9 },
  { powerStep: '9' },
  { powerStep: 9, note: 'first visit' },
].map((settings) => [
  `a strong place at another power, written ${JSON.stringify(settings)}`,
  both(add(failedMin - 0.1, { ...setup, settings } as SetupBody), strongRing, states(setup)),
])
