// C8 of generic-ver: fetch the proof of the last debit again (rsu-interface.md 2.3).
// Never combined with an EF04 write: its code would hide that of the proof (section 2.5.5).
import type { FieldTable, FrameTable } from '../../table-types.ts'

const head: readonly FieldTable[] = [
  { name: 'obuId', off: 1, len: 4, type: 'hex' },
  { name: 'cardSerial', off: 5, len: 2, type: 'uint' },
]

export const c8FetchProof: FrameTable = {
  code: 'C8',
  name: 'fetchProof',
  from: 'pc',
  onLonger: 'reject',
  forms: [
    {
      name: 'plain',
      length: 7,
      fields: head,
      example: { hex: 'C8 02001234 0012', value: { obuId: '02001234', cardSerial: 18 } },
    },
    {
      name: 'withEf04',
      length: 104,
      fields: [
        ...head,
        { name: 'ef04Command', off: 7, len: 1, type: 'uint' },
        { name: 'ef04Block1', off: 8, len: 91, type: 'bytes' },
        { name: 'ef04Block2', off: 99, len: 5, type: 'bytes' },
      ],
      example: {
        hex: 'C8 02001234 0012 01' + '00'.repeat(96),
        value: {
          obuId: '02001234',
          cardSerial: 18,
          ef04Command: 1,
          ef04Block1: '00'.repeat(91),
          ef04Block2: '0000000000',
        },
      },
    },
  ],
}
