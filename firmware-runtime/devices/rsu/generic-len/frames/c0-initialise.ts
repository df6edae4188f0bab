// C0 of generic-len: initialise (rsu-interface.md 2.4). The RSU answers with B0.
// Work mode 00 is the normal one; 54 tests without end, 45 does not decrypt: neither is sent.
import type { FrameTable } from '../../table-types.ts'

export const c0Initialise: FrameTable = {
  code: 'C0',
  name: 'initialise',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'full',
      length: 8,
      fields: [
        { name: 'unixTime', off: 1, len: 4, type: 'unix32' },
        { name: 'powerStep', off: 5, len: 1, type: 'uint' },
        { name: 'channel', off: 6, len: 1, type: 'uint' },
        { name: 'workMode', off: 7, len: 1, type: 'enum', enum: 'workMode' },
      ],
      example: {
        hex: 'C0 6553F100 08 00 00',
        value: { unixTime: 1700000000, powerStep: 8, channel: 0, workMode: 'normal' },
      },
    },
  ],
}
