// Profiles that are wrong in code lists, tables, wiring, firmware, rows of Annex A or examples: one change each, with the
// finding it must give. Read by read-profile.test.ts.
import { hexOf } from '#base/pure/data/bytes.ts'
import { withCrc16 } from '#devices/pure/crc16-modbus.ts'
import type { BrokenRow } from './broken-settings.ts'
import { copyOf } from './shipped.ts'

const bcc = 'rsu/generic/generic-bcc'
const ver = 'rsu/generic/generic-ver'
const relay = 'barrier/generic/modbus-relay'
const camera = 'roadside-camera/hikvision/isapi-push'

const rtu = 'barrier/generic/relay-rtu'
const display = 'display/generic/line-voice-board'
const vzTcp = 'roadside-camera/vzicom/tcp-8131'
const dahua = 'roadside-camera/dahua/traffic-junction'
const pageOfNone = hexOf(
  withCrc16(Uint8Array.of(0x00, 0x64, 0xff, 0xff, 0x6f, 0x03, 0x00, 0x00, 0x00)),
)
const wrongPlate = { kind: 'plate', 'read.plate': '测A54321' }

const sensor = { table: 'A.3', row: 'sensor', source: 'own', status: 'assumed' }
const overrides = '/protocol/overrides'
const code = '/codeLists/b5Error/codes'

/** First examples whose bytes and fields say different things. */
const wrongFirst: readonly (readonly [what: string, id: string, changes: BrokenRow[2]])[] = [
  ['an example that is cut', bcc, { '/examples/0/hex': 'FF FF 80 C0' }],
  ['an example that says something else', bcc, { '/examples/0/expect/fields/powerStep': 9 }],
  ['an example of another sequence', bcc, { '/examples/0/expect/seq': 1 }],
  ['a message of another unit', relay, { '/examples/0/expect/unitId': 2 }],
  [
    'an event of another plate',
    camera,
    { '/examples/0/expect/fields': { 'read.plate': '测A54321' } },
  ],
  [
    'an event whose bytes are not those of its digest',
    camera,
    { '/examples/0/expect/sha256': '0'.repeat(64) },
  ],
  [
    'frames of an antenna for a barrier',
    relay,
    { '/examples/0/expect': { as: 'frame', frame: '', form: null, seq: 1, fields: {} } },
  ],
  [
    'a check of Modbus RTU that does not fit',
    rtu,
    { '/examples/0/hex': '01 05 00 00 FF 00 8C 3B' },
  ],
  ['a coil that the bytes do not name', rtu, { '/examples/0/expect/fields/coil': 1 }],
  ['a frame of another board', display, { '/examples/0/expect/address': 1 }],
  ['a text that the board was not sent', display, { '/examples/0/expect/fields/text': '一路平安' }],
  [
    'a page of no line',
    display,
    {
      '/examples/0/hex': pageOfNone,
      '/examples/0/expect': { as: 'olm', address: 0, name: 'show-page', fields: { lines: [] } },
    },
  ],
  [
    'two frames in one example',
    vzTcp,
    { '/examples/0/hex': '56 5A 01 00 00 00 00 00 56 5A 01 00 00 00 00 00' },
  ],
  [
    'a group that the camera does not name',
    dahua,
    { '/examples/0/expect/fields': { 'draft.group': '8' } },
  ],
  ['the dialect of another camera', dahua, { '/examples/0/expect/dialect': 'vzicom-push' }],
]

export const brokenParts: readonly BrokenRow[] = [
  // Code lists.
  ['a code twice', bcc, { [`${code}/1/code`]: '00' }, `PROFILE-06 ${code}/1/code`],
  ['a word twice', bcc, { [`${code}/1/word`]: 'ok' }, `PROFILE-06 ${code}/1/word`],
  ['a result without money', bcc, { [`${code}/3/money`]: undefined }, `PROFILE-07 ${code}/3`],
  [
    'money where none is',
    bcc,
    { '/codeLists/b4Error/codes/0/money': 'paid' },
    'PROFILE-07 /codeLists/b4Error/codes/0',
  ],
  ['a result of two bytes', bcc, { [`${code}/1/code`]: '1000' }, `PROFILE-05 ${code}/1/code`],
  // The frame table.
  [
    'a frame taken out that is not there',
    bcc,
    { [overrides]: { withoutFrames: ['EE'] } },
    'PROFILE-10 /protocol/overrides/withoutFrames/0',
  ],
  [
    'the debit taken out',
    bcc,
    { [overrides]: { withoutFrames: ['C6'] } },
    `PROFILE-14 ${overrides}`,
  ],
  [
    'the result taken out',
    bcc,
    { [overrides]: { withoutFrames: ['B5'] } },
    `PROFILE-14 ${overrides}`,
  ],
  [
    'a card code that is none',
    ver,
    { [overrides]: { b4Readable: ['77'] } },
    'PROFILE-10 /protocol/overrides/b4Readable',
  ],
  [
    'a device status without the word that all is well',
    bcc,
    { '/codeLists/b0Status/codes/0/word': 'fine' },
    'PROFILE-14 /codeLists/b0Status',
  ],
  [
    'a power step that no source names',
    bcc,
    { '/limits/powerStepMax/value': 40 },
    'PROFILE-05 /limits/powerStepMax',
  ],
  [
    'an order of the result without its proof',
    bcc,
    { [overrides]: { b5Order: ['obuId', 'error'] } },
    'PROFILE-10 /protocol/overrides/b5Order',
  ],
  [
    'a heartbeat that no frame can be',
    bcc,
    { [overrides]: { heartbeat: { forms: ['b2Status'] } } },
    'PROFILE-14 /protocol/overrides/heartbeat/forms/0',
  ],
  [
    'a frame of the PSAM that is another frame already',
    'rsu/generic/generic-ver',
    {
      [overrides]: { psam: { start: 'CA', data: 'BA', apply: 'CF', result: 'BB', atStart: false } },
    },
    'PROFILE-04 /protocol/overrides/psam/apply',
  ],
  [
    'an antenna whose power nobody may set',
    bcc,
    { '/settings': (copyOf(bcc)['settings'] as unknown[]).slice(1) },
    'PROFILE-14 /settings',
  ],
  // The protocol.
  ['a driver that is none', bcc, { '/protocol/id': 'generic-xyz' }, 'PROFILE-14 /protocol/id'],
  ['a driver of another kind', relay, { '/protocol/id': 'hikvision' }, 'PROFILE-14 /protocol/id'],
  [
    'an option that is none',
    bcc,
    { '/protocol/options': { fast: true } },
    'PROFILE-14 /protocol/options/fast',
  ],
  [
    'a limit that the driver does not take',
    bcc,
    { '/limits/waitMs': { value: 1, source: 'own' } },
    'PROFILE-14 /limits/waitMs',
  ],
  ['a capability that is none', bcc, { '/capabilities/fly': true }, 'PROFILE-14 /capabilities/fly'],
  [
    'options without a driver',
    camera,
    { '/protocol': { id: null, options: {} } },
    'PROFILE-14 /protocol/options',
  ],
  ['frames for a camera', camera, { [overrides]: {} }, `PROFILE-14 ${overrides}`],
  [
    'wiring of a camera',
    camera,
    { '/protocol/wiring': (copyOf(relay)['protocol'] as Record<string, unknown>)['wiring'] },
    'PROFILE-14 /protocol/wiring',
  ],
  ['a barrier without wiring', relay, { '/protocol/wiring': undefined }, 'PROFILE-14 /protocol'],
  [
    'a coil twice',
    relay,
    { '/protocol/wiring/outputs/close': 0 },
    'PROFILE-06 /protocol/wiring/outputs/close',
  ],
  [
    'an input twice',
    relay,
    { '/protocol/wiring/inputs/loopUnder/di': 0 },
    'PROFILE-06 /protocol/wiring/inputs/loopUnder/di',
  ],
  [
    'a presence sensor on the loop',
    relay,
    { '/protocol/wiring/presence': [{ di: 2, activeHigh: true }] },
    'PROFILE-06 /protocol/wiring/presence/0/di',
  ],
  // Migrations.
  [
    'a migration to a setting that is none',
    bcc,
    {
      '/migrations': [
        {
          since: '0300',
          setting: 'powerStep',
          becomes: 'power',
          why: { zh: '改名', en: 'renamed' },
          source: 'own',
        },
      ],
    },
    'PROFILE-05 /migrations/0',
  ],
  // Firmware.
  [
    'a range that ends before it begins',
    bcc,
    { '/firmware': [{ from: '2.1', to: '2.0.9', source: 'own' }] },
    'PROFILE-05 /firmware/0',
  ],
  [
    'ranges that overlap',
    bcc,
    {
      '/firmware': [
        { from: '1', to: '2.5', source: 'own' },
        { from: '2.5', to: null, source: 'own' },
      ],
    },
    'PROFILE-16 /firmware/1',
  ],
  // Annex A.
  [
    'a row of Annex A missing',
    camera,
    { '/standardRows': (copyOf(camera)['standardRows'] as unknown[]).slice(1) },
    'PROFILE-13 /standardRows',
  ],
  [
    'a row of another kind',
    camera,
    { '/standardRows/0/row': 'eirp' },
    'PROFILE-13 /standardRows/0',
  ],
  [
    'a row of another table',
    camera,
    { '/standardRows/0/table': 'A.1' },
    'PROFILE-13 /standardRows/0',
  ],
  [
    'a value without a source',
    camera,
    { '/standardRows/0/value': 2_000_000, '/standardRows/0/unit': 'pixels' },
    'PROFILE-12 /standardRows/0',
  ],
  [
    'a source without a value',
    camera,
    { '/standardRows/0/source': 'own' },
    'PROFILE-12 /standardRows/0/source',
  ],
  [
    'a value in another unit',
    camera,
    { '/standardRows/0': { ...sensor, value: 2, unit: 'MP' } },
    'PROFILE-05 /standardRows/0/value',
  ],
  [
    'a value of another shape',
    camera,
    { '/standardRows/0': { ...sensor, value: 'many', unit: 'pixels' } },
    'PROFILE-05 /standardRows/0/value',
  ],
  // Wiring.
  [
    'a unit that no board has',
    relay,
    { '/protocol/data': { unitId: 248 } },
    'PROFILE-05 /protocol/data/unitId',
  ],
  [
    'a unit in words',
    relay,
    { '/protocol/data': { unitId: 'one' } },
    'PROFILE-05 /protocol/data/unitId',
  ],
  [
    'a wire that is none',
    rtu,
    { '/protocol/data/wire': 'ascii' },
    'PROFILE-14 /protocol/data/wire',
  ],
  [
    'no closing',
    relay,
    { '/protocol/wiring/outputs/close': null },
    'PROFILE-01 /protocol/wiring/outputs/close',
  ],
  // Examples.
  ...wrongFirst.map(([what, id, changes]): BrokenRow => [
    what,
    id,
    changes,
    'PROFILE-08 /examples/0/expect',
  ]),
  [
    'an example with bytes before its frame',
    bcc,
    { '/examples/2/hex': '12 34 FF FF 89 4C 01 C4 FF' },
    'PROFILE-08 /examples/2/expect',
  ],
  ['half a byte', bcc, { '/examples/0/hex': ['FF', 'F'] }, 'PROFILE-01 /examples/0/hex/1'],
  [
    'an answer said to be a request',
    relay,
    { '/examples/3/from': 'lane' },
    'PROFILE-08 /examples/3/expect',
  ],
  [
    'a command that the board does not know',
    display,
    { '/examples/3/hex': '00 64 FF FF 77 00 1A 22' },
    'PROFILE-08 /examples/3/expect',
  ],
  [
    'another reading than the driver makes',
    vzTcp,
    { '/examples/3/expect/fields': wrongPlate },
    'PROFILE-08 /examples/3/expect',
  ],
  [
    'JSON with a blank more than it is sent with',
    vzTcp,
    {
      '/examples/1/hex':
        '56 5A 00 00 00 00 00 19 7B 22 63 6D 64 22 3A 20 22 67 65 74 73 6E 22 2C 22 69 64 22 3A 22 31 22 7D',
    },
    'PROFILE-09 /examples/1/hex',
  ],
]
