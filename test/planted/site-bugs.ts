// Bugs that only the site of one layout shows: each is planted under one day of a replay in that layout, which must
// report a violation. The same days without a bug are in test/sim/replay-layouts.test.ts.
import type { Change } from './plant.ts'

export interface SiteBug extends Change {
  readonly layout: string
  readonly sees: RegExp
}

export const siteBugs: readonly SiteBug[] = [
  {
    name: 'what a shift left in the drawer forgotten',
    file: 'base/desk/handlers/day-drawer.ts',
    find: 'shifts.at(-1)?.leftFen ?? 0',
    plant: '0',
    layout: '7.1.2',
    sees: /M4 shift \d: the drawer holds \d+, the ledger says \d+/,
  },
  {
    name: 'change forgotten in the drawer',
    file: 'lane/pure/exit-lane.ts',
    find: `    amountFen,
    act: event.act,
    ...(cash === null ? {} : { cash: { givenFen, changeFen } }),`,
    plant: `    amountFen: givenFen,
    act: event.act,
    ...(cash === null ? {} : { cash: { givenFen, changeFen: 0 } }),`,
    layout: '7.1.2',
    sees: /M4 shift \d: the drawer holds \d+, the ledger says \d+/,
  },
  {
    name: 'a car at the other end has the road as well',
    file: 'lane/pure/reused-lane.ts',
    find: "if (!isOthers || state.tail !== 'toCome') return step(state)",
    plant: `const bothFree = isOthers && state.loops.under !== 'on'
    if (!isOthers || state.tail !== 'toCome') return step(state, bothFree ? [arriveAt(way, 'on')] : [])`,
    layout: '7.1.3',
    sees: /M9 \w+: trigger while a car of \w+ has the road/,
  },
  {
    name: 'the exit takes any OBU in the zone',
    file: 'devices/pure/etc/meaning.ts',
    find: "if (distanceTo(plate, policy) > policy.plateTolerance) return 'plateMismatch'",
    plant: '',
    layout: '7.1.4',
    sees: /M1 car-\d+ was to be paid for by the card of car-\d+, at entry/,
  },
  {
    name: 'a neighbour in numbers who comes in is charged for who leaves',
    file: 'lane/lot/lane-env.ts',
    find: 'ports.hasCarBeside ? 0 : config.plateTolerance',
    plant: 'config.plateTolerance',
    layout: '7.1.4',
    sees: /M1 car-\d+ was to be paid for by the card of car-\d+, at entry/,
  },
  {
    name: 'a paid car stays before its boom when its line is back',
    file: 'lane/pure/presence.ts',
    find: 'if (lostSight !== true || boomSeen',
    plant: 'if (lostSight === true || boomSeen',
    layout: '7.1.5',
    sees: /M9 car-\d+ stands before lane \w+ in opening/,
  },
  {
    name: 'a car that went while the line was away is taken for one that went back',
    file: 'lane/pure/presence.ts',
    find: "carOf(state).lostSight === true && state.position === 'open'",
    plant: 'false',
    layout: '7.1.5',
    sees: /M9 car-\d+ went by \w+ while its line was away, and the lot has it (inside|out)/,
  },
]
