// Replies of the board: one byte, 0 for done. Only the command byte tells which request a reply answers, so one request
// is open at a time.
import type { DisplayTable } from './table.ts'

const ackOf = (name: string, command: number, hex: string) =>
  ({
    name,
    command,
    from: 'device',
    fields: [
      { name: 'result', as: 'u8' },
      { name: 'more', as: 'restHex' },
    ],
    example: { hex, value: { result: 0, more: '' } },
  }) as const satisfies DisplayTable

export const acks: readonly DisplayTable[] = [
  ackOf('clock-set', 0x05, '0064FFFF05010026B5'),
  ackOf('brightness-set', 0x0c, '0064FFFF0C0100F6B7'),
  ackOf('volume-set', 0x0d, '0064FFFF0D0100A777'),
  ackOf('replies-set', 0x1a, '0064FFFF1A01001773'),
  ackOf('speaking', 0x30, '0064FFFF30010036BB'),
  ackOf('line-shown', 0x62, '0064FFFF620100976A'),
  ackOf('page-shown', 0x6f, '0064FFFF6F010006A9'),
  ackOf('pay-shown', 0xe1, '0064FFFFE101006682'),
]
