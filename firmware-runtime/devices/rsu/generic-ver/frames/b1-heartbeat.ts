// B1 of generic-ver: controller heartbeat (rsu-interface.md 2.3). Length 8 + 3n + 3m + 4h.
// The counts can be wrong: one antenna at the end is taken as given, else only the tail is read.
import type { FieldTable, FrameTable } from '../../table-types.ts'

const psamEntry: readonly FieldTable[] = [
  { name: 'channel', off: 0, len: 1, type: 'uint' },
  { name: 'runState', off: 1, len: 1, type: 'uint' },
  { name: 'authState', off: 2, len: 1, type: 'uint' },
]
const antenna: readonly FieldTable[] = [
  { name: 'antennaId', off: 0, len: 1, type: 'uint' },
  { name: 'state', off: 1, len: 1, type: 'enum', enum: 'antennaState' },
  { name: 'channel', off: 2, len: 1, type: 'uint' },
  { name: 'powerStep', off: 3, len: 1, type: 'uint' },
]

export const b1Heartbeat: FrameTable = {
  code: 'B1',
  name: 'heartbeat',
  from: 'rsu',
  onLonger: 'rest',
  forms: [
    {
      name: 'counted',
      length: {
        base: 8,
        per: { psamCount1: 3, psamCount2: 3, antennaCount: 4 },
        derive: { assume: { psamCount2: 0, antennaCount: 1 }, solve: 'psamCount1' },
      },
      fields: [
        { name: 'controllers', off: 1, len: 3, type: 'hex' },
        { name: 'psamCount1', off: 4, len: 1, type: 'uint' },
        { name: 'psam1', off: 5, len: 3, type: 'repeat', count: 'psamCount1', each: psamEntry },
        { name: 'psamCount2', off: '+', len: 1, type: 'uint' },
        { name: 'psam2', off: '+', len: 3, type: 'repeat', count: 'psamCount2', each: psamEntry },
        { name: 'antennaCount', off: '+', len: 1, type: 'uint' },
        { name: 'antennasWorking', off: '+', len: 1, type: 'uint' },
        {
          name: 'antennas',
          off: '+',
          len: 4,
          type: 'repeat',
          count: 'antennaCount',
          each: antenna,
        },
      ],
      example: {
        hex: 'B1 001101 01 010000 00 01 01 01000008',
        value: {
          controllers: '001101',
          psamCount1: 1,
          psam1: [{ channel: 1, runState: 0, authState: 0 }],
          psamCount2: 0,
          psam2: [],
          antennaCount: 1,
          antennasWorking: 1,
          antennas: [{ antennaId: 1, state: 'ok', channel: 0, powerStep: 8 }],
        },
      },
    },
    {
      name: 'tail',
      length: 'any',
      fields: [
        { name: 'controllers', off: 1, len: 3, type: 'hex' },
        { name: 'middle', off: 4, len: 'fill', type: 'bytes' },
        { name: 'antennaId', off: '+', len: 1, type: 'uint' },
        { name: 'state', off: '+', len: 1, type: 'enum', enum: 'antennaState' },
        { name: 'channel', off: '+', len: 1, type: 'uint' },
        { name: 'powerStep', off: '+', len: 1, type: 'uint' },
      ],
      example: {
        hex: 'B1 001101 01010000 00 01 01000008',
        value: {
          controllers: '001101',
          middle: '010100000001',
          antennaId: 1,
          state: 'ok',
          channel: 0,
          powerStep: 8,
        },
      },
    },
  ],
}
