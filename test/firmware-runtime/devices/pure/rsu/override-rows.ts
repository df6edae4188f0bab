// Wrong overrides: the text of the first problem, the base, and what is wrong. Judged by variant-refused.test.ts. Some
// contain what no type allows, as a file may.
import type { FrameTable } from '#devices/pure/rsu/table-types.ts'
import type { VariantOverride } from '#devices/pure/rsu/variant-override.ts'
import type { RsuVariantId } from '#devices/pure/rsu/variants.ts'
import { frameOf, tableOf } from './override-kit.ts'

const c1 = frameOf('generic-bcc', 'C1')
const c6 = frameOf('generic-bcc', 'C6')
const withField = (frame: FrameTable, at: number, change: object): FrameTable => ({
  ...frame,
  forms: frame.forms.map((form) => ({
    ...form,
    fields: form.fields.map((field, i) => (i === at ? { ...field, ...change } : field)),
  })),
})
const money = { codes: { '00': 'paid' }, entryLane: {}, otherwise: 'unknown' } as const

/** A value that JSON may contain although no type allows it. */
const wrong = (members: object): Partial<VariantOverride> => members as Partial<VariantOverride>

export type WrongRow = readonly [string, RsuVariantId, Partial<VariantOverride>]

export const wrongRows: readonly WrongRow[] = [
  ['/antenna: is not known', 'generic-bcc', wrong({ antenna: '4C' })],
  ['/id: must be like', 'generic-bcc', { id: 'Nameless' }],
  ['/extends: must be one of generic-ver', 'generic-ver', { extends: 'generic-bcc' }],
  ['/evidence: must be one of', 'generic-bcc', wrong({ evidence: 'sure' })],
  ['/sources: must be a list of at least 1', 'generic-bcc', { sources: [] }],
  ['/sources/0: must be like', 'generic-bcc', { sources: ['?'] }],
  ['/antennaSwitch: must be one of 4C, C4', 'generic-bcc', wrong({ antennaSwitch: 'C5' })],
  ['/settings/0/frame: is missing', 'generic-bcc', wrong({ settings: [{ id: 'powerStep' }] })],
  ['/frames/C0: the driver cannot make it', 'generic-bcc', { settings: [] }],
  ['/timeBase: must be one of', 'generic-bcc', wrong({ timeBase: 'local' })],
  ['/powerStepMax: must be a whole number from 1 to 33', 'generic-ver', { powerStepMax: 64 }],
  ['/powerStepMax: must be a whole', 'generic-ver', { powerStepMax: 7.5 }],
  ['/plateColours/6: must be one of blue', 'generic-bcc', wrong({ plateColours: { '6': 'mint' } })],
  ['/plateColours/300: not', 'generic-bcc', { plateColours: { '300': 'blue' } }],
  ['/afterResult: must be one of', 'generic-bcc', wrong({ afterResult: 'C2' })],
  ['/laneModes/exit: is missing', 'generic-bcc', wrong({ laneModes: { entry: 3 } })],
  ['/laneModes/exit: must be a whole', 'generic-bcc', { laneModes: { entry: 3, exit: 256 } }],
  ['/heartbeat/forms/0: must be one of', 'generic-bcc', wrong({ heartbeat: { forms: ['B9'] } })],
  ['/heartbeat/forms: must be a list of at least 1', 'generic-bcc', { heartbeat: { forms: [] } }],
  [
    '/heartbeat/forms/0: no frame can be b2Status',
    'generic-bcc',
    { heartbeat: { forms: ['b2Status'] } },
  ],
  [
    '/heartbeat/reply: a frame of generic-ver cannot be empty',
    'generic-ver',
    { heartbeat: { reply: 'empty' } },
  ],
  ['/frames/CF: the driver cannot make it', 'generic-bcc', { heartbeat: { reply: 'cf00' } }],
  ['/station/head: is not known', 'generic-bcc', wrong({ station: { bytes: 40, head: false } })],
  ['/station/bytes: must be one of 36', 'generic-bcc', wrong({ station: { bytes: 38 } })],
  ['/psam/start: must be one of', 'generic-len', wrong({ psam: { start: 'C9' } })],
  [
    '/psam/atStart: is missing',
    'generic-len',
    wrong({ psam: { start: 'CA', data: 'BA', apply: 'CB', result: 'BB' } }),
  ],
  [
    '/frames/CD: the driver cannot make it',
    'generic-bcc',
    { psam: { start: 'CD', data: 'BD', apply: 'CF', result: 'BF', atStart: true } },
  ],
  [
    '/frames/1/code: CF is there twice',
    'generic-ver',
    {
      frames: [frameOf('generic-ver', 'CF'), { ...frameOf('generic-ver', 'CF'), onLonger: 'rest' }],
    },
  ],
  [
    '/psam/apply: CF is heartbeatAck already',
    'generic-ver',
    { psam: { start: 'CA', data: 'BA', apply: 'CF', result: 'BB', atStart: false } },
  ],
  [
    '/b5Order/2: no B5 of generic-bcc has colour',
    'generic-bcc',
    { b5Order: ['obuId', 'error', 'colour'] },
  ],
  [
    '/b5Order: leaves out tac',
    'generic-bcc',
    { b5Order: ['obuId', 'error', 'balanceAfter', 'cardSerial', 'psamSerial'] },
  ],
  ['/b5Order: names something twice', 'generic-bcc', { b5Order: ['obuId', 'obuId'] }],
  ['/manufacturerBytes: must be one of', 'generic-bcc', wrong({ manufacturerBytes: 3 })],
  [
    '/enums/b5Error/0: not',
    'generic-ver',
    { enums: { b5Error: { '0': 'ok' } }, moneyState: { b5Error: money } },
  ],
  [
    '/enums/b5Error: one word for two codes',
    'generic-ver',
    { enums: { b5Error: { '00': 'ok', '01': 'ok' } }, moneyState: { b5Error: money } },
  ],
  ['/moneyState/b5Error: is missing', 'generic-ver', { enums: { b5Error: { '00': 'ok' } } }],
  [
    '/moneyState/b5Error/otherwise: must be one of unknown',
    'generic-ver',
    wrong({ moneyState: { b5Error: { ...money, otherwise: 'paid' } } }),
  ],
  [
    '/moneyState/b5Error/codes/06: must be one of paid',
    'generic-ver',
    wrong({ moneyState: { b5Error: { ...money, codes: { '06': 'free' } } } }),
  ],
  [
    '/moneyState/b5Error: code 77 has no word',
    'generic-ver',
    { moneyState: { b5Error: { ...money, codes: { '77': 'paid' } } } },
  ],
  ['/b4Readable: code 99 has no word', 'generic-ver', { b4Readable: ['99'] }],
  ['/enums/b0Status: has no ok', 'generic-bcc', { enums: { b0Status: { '01': 'good' } } }],
  [
    '/enums/b5Error/00: must be ok',
    'generic-ver',
    { enums: { b5Error: { '00': 'noAnswer', '01': 'ok' } }, moneyState: { b5Error: money } },
  ],
  [
    '/enums/tradeType: has no debitOnly',
    'generic-ver',
    { enums: { tradeType: { '00': 'debit' } } },
  ],
  ['/timing/heartbeatLossMs: must be a whole', 'generic-ver', { timing: { heartbeatLossMs: 0 } }],
  ['/timing/heartbeatMs: is not known', 'generic-ver', wrong({ timing: { heartbeatMs: 5 } })],
  [
    '/capabilities/heartbeatReply: is not known',
    'generic-ver',
    wrong({ capabilities: { heartbeatReply: true } }),
  ],
  ['/frames/C8: the driver cannot make it', 'generic-bcc', { capabilities: { proofFetch: true } }],
  [
    '/capabilities/emptyAck: a frame of generic-len',
    'generic-len',
    { capabilities: { emptyAck: true } },
  ],
  ['/frames/B3: is missing', 'generic-len', { capabilities: { vehicleFrame: true } }],
  ['/frames/0/code: must be like', 'generic-bcc', { frames: [{ ...c1, code: 'C' }] }],
  [
    '/frames/0/forms/0/length: must be a whole number from 1 to 1024',
    'generic-bcc',
    { frames: [{ ...c1, forms: c1.forms.map((form) => ({ ...form, length: 1025 })) }] },
  ],
  [
    '/frames/0/forms: must be a list of at least 1',
    'generic-bcc',
    { frames: [{ ...c1, forms: [] }] },
  ],
  [
    '/frames/C1: withDiversifier: obuId: gap',
    'generic-bcc',
    { frames: [withField(c1, 0, { off: 3 })] },
  ],
  [
    '/frames/C6/station36/example: bytes and value',
    'generic-bcc',
    {
      frames: [
        {
          ...c6,
          forms: c6.forms.map((f) => ({
            ...f,
            example: { ...f.example, value: { ...f.example.value, amount: 501 } },
          })),
        },
      ],
    },
  ],
  [
    '/frames/C1/plain/example/hex: is no C1',
    'generic-bcc',
    {
      frames: [
        {
          ...c1,
          forms: c1.forms.map((f) => ({ ...f, example: { ...f.example, hex: 'C2 02001234' } })),
        },
      ],
    },
  ],
  [
    '/frames/C1: the driver cannot make it',
    'generic-bcc',
    { frames: [withField(withField(c1, 0, { name: 'tag' }), 0, { name: 'tag' })] },
  ],
  [
    '/frames/B5/debit: needs obuId, error',
    'generic-ver',
    { frames: [withField(frameOf('generic-ver', 'B5'), 0, { name: 'tag' })] },
  ],
  [
    '/frames/B4: no form has all of',
    'generic-len',
    { frames: [withField(frameOf('generic-len', 'B4'), 8, { name: 'purse' })] },
  ],
  ['/withoutFrames/0: generic-bcc has none', 'generic-bcc', { withoutFrames: ['EE'] }],
  ['/frames/C6: the driver cannot make it', 'generic-bcc', { withoutFrames: ['C6'] }],
  [
    '/files/f0015: plate: overlap',
    'generic-bcc',
    {
      files: tableOf('generic-bcc')
        .files.slice(0, 1)
        .map((file) => ({
          ...file,
          fields: file.fields.map((f) => (f.name === 'plate' ? { ...f, off: 27 } : f)),
        })),
    },
  ],
]
