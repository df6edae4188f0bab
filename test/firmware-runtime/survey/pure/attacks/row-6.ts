// Facts that must not pass in row 6 of table D.1: wrong reads of the adjacent lane.
import type { CrossReadBody } from '#survey/pure/file/record.ts'
import { attack, failing, type Attack } from './attack.ts'
import {
  add,
  addAll,
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
import { crossRead, obus, setup } from './whole-survey.ts'

const reads = (more: Partial<CrossReadBody>): Change => edit('D6', more)
const offered = (of: (i: number) => object): Change =>
  edit(
    (one) => one.tag === 'D6' || one.tag === 'stress',
    (body) =>
      body.kind === 'crossRead'
        ? { neighbours: body.neighbours?.map((each, i) => Object.assign({}, each, of(i))) }
        : {},
  )
const own = (count: number) => ({ inLane: count, own: [{ obuId: '01000001', reads: count }] })

const neighbourRow: readonly Attack[] = [
  failing(attack('D.1', 'D6', 'a wrong read', reads({ inNeighbour: 1 }))),
  failing(
    attack(
      '7.4',
      'D6',
      'a wrong read on the list only',
      offered((i) => ({ reads: i === 0 ? 1 : 0 })),
    ),
  ),
  attack(
    '3',
    'D6',
    'two OBUs',
    edit(
      (one) => one.tag === 'D6' || one.tag === 'stress',
      (body) => (body.kind === 'crossRead' ? { neighbours: body.neighbours?.slice(0, 2) } : {}),
    ),
  ),
  attack('3', 'D6', 'no stress run', drop('stress')),
  attack('3', 'D6', 'a read under stress', edit('stress', { inNeighbour: 1 })),
  attack('3', 'D6', 'a stress run of 3 dB', edit('stress', { stressDb: 3 })),
  attack('7.4', 'D6', 'no positive control', drop('control')),
  attack('7.4', 'D6', 'a positive control an hour before', restamped('control', -40)),
  attack(
    '7.4',
    'D6',
    'another number of rounds for each',
    offered((i) => ({ trials: 34 - i })),
  ),
  attack(
    '7.15',
    'D6',
    'one OBU in three cases',
    offered((i) => ({ obuId: ['0200000A', '0200000a', '0200000A '][i] })),
  ),
  attack(
    '7.15',
    'D6',
    'one place in three spellings',
    offered((i) => ({ place: ['P1', 'p1', 'P1.'][i] })),
  ),
  attack(
    '7.15',
    'D6',
    'one place in three widths',
    offered((i) => ({ place: ['P1', 'P １', 'p-1'][i] })),
  ),
  attack(
    '7.15',
    'D6',
    'a stress run 30 days later',
    both(
      later('stress', 30 * dayMin),
      add(30 * dayMin + 55, {
        ...crossRead({ antennaId: 2, neighbours: [] }),
        own: obus.map((obuId) => ({ obuId, reads: 34 })),
      }),
    ),
  ),
  attack(
    '7.15',
    'D6',
    'a stress run two days later',
    both(
      later('stress', 2 * dayMin),
      add(2 * dayMin + 55, {
        ...crossRead({ antennaId: 2, neighbours: [] }),
        own: obus.map((obuId) => ({ obuId, reads: 34 })),
      }),
    ),
  ),
  attack('7.12', 'D6', 'the own car is read once in 34 rounds', reads(own(1))),
  attack(
    '7.12',
    'D6',
    'the own car is read once in 34 rounds under stress',
    edit('stress', own(1)),
  ),
  attack(
    '7.12',
    'D6',
    'the own car is counted, and no own OBU was read',
    reads({ inLane: 34, own: [{ obuId: '01000001', reads: 0 }] }),
  ),
  attack('7.4', 'D6', 'the own lane is not read', reads(own(0))),
  attack(
    '7.1',
    'D6',
    'another power after the run',
    add(endMin, { ...setup, settings: { powerStep: 20 } }),
  ),
  attack(
    '7.13',
    'D6',
    'another firmware between run and stress run',
    add(53, { ...setup, firmware: '2.0.0' }),
  ),
  attack('7.13', 'D6', 'the run is before the first setup record', later('setup', 300)),
  attack('7.13', 'D6', 'a clock that runs back by two hours', restamped('stress', -120)),
  attack(
    '7.14',
    'D6',
    'a run with wrong reads is withdrawn',
    both(
      addAll(51, [crossRead({ inNeighbour: 3 })], undefined, 'bad'),
      withdraw('bad', endMin, '标签放错了车道'),
    ),
  ),
  attack('7.3', 'D6', 'the setup is withdrawn', withdraw('setup', endMin, '录错了天线的功率')),
  attack(
    '7.18',
    'D6',
    'a looser text is cited after the wrong read, by one person',
    both(
      reads({ inNeighbour: 1 }),
      add(endMin, {
        kind: 'criterion',
        item: 'D6',
        triesMin: 100,
        readsMax: 5,
        neighbourDbmMax: null,
        text: '允许读到五次邻道标签',
        source: 'GB/T 35070.2 第 5.3 条',
      }),
    ),
  ),
  attack(
    '7.18',
    'D6',
    'a stroke is cited',
    both(
      reads({ inNeighbour: 1 }),
      add(0.5, {
        kind: 'criterion',
        item: 'D6',
        triesMin: 100,
        readsMax: 5,
        neighbourDbmMax: null,
        text: '-',
        source: '-',
      }),
    ),
  ),
]

export const attacks6: readonly Attack[] = neighbourRow
