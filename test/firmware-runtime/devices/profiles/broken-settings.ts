// Profiles that are wrong in their members, evidence, ranges or targets: one change each, with the finding it must
// give. Read by read-profile.test.ts.
import { at, copyOf } from './shipped.ts'

export type BrokenRow = readonly [
  what: string,
  id: string,
  changes: Record<string, unknown>,
  found: string,
]

const bcc = 'rsu/generic/generic-bcc'
const ver = 'rsu/generic/generic-ver'
const relay = 'barrier/generic/modbus-relay'

const range = '/settings/2'
const power = '/settings/0'

/** The range written into this field of C0. */
const writesC0 = (field: string) => ({ [`${range}/writes`]: { frame: 'C0', field } })
/** A dBm table of two steps. */
const dbmOf = (first: number, second: number, source = 'own') => ({
  [`${power}/dbm`]: {
    source,
    steps: [
      { step: first, dbm: 1 },
      { step: second, dbm: 3 },
    ],
  },
})

export const brokenSettings: readonly BrokenRow[] = [
  // The schema.
  ['an unknown member', bcc, { '/colour': 'red' }, 'PROFILE-01 /colour'],
  ['a kind that is none', bcc, { '/kind': 'camera' }, 'PROFILE-01 /kind'],
  ['a format of another program', bcc, { '/format': 2 }, 'PROFILE-01 /format'],
  ['a vendor that leaves its folder', bcc, { '/vendor': '../x' }, 'PROFILE-01 /vendor'],
  ['an absolute model', bcc, { '/model': '/etc/passwd' }, 'PROFILE-01 /model'],
  ['a revision of zero', bcc, { '/revision': 0 }, 'PROFILE-01 /revision'],
  ['a basis that is empty', bcc, { '/basis': [] }, 'PROFILE-01 /basis'],
  [
    'a basis without its Chinese words',
    bcc,
    { '/basis/0/text': { en: 'public parking controller' } },
    'PROFILE-01 /basis/0/text/zh',
  ],
  ['a limit without a unit', bcc, { '/limits/poll': 5 }, 'PROFILE-01 /limits/poll'],
  [
    'dBm without a source',
    bcc,
    { [`${power}/dbm`]: { steps: [] } },
    `PROFILE-01 ${power}/dbm/source`,
  ],
  // Targets that the driver never writes.
  [
    'a setting in a frame that the driver never sends',
    bcc,
    { [`${range}/writes`]: { frame: 'C3', field: 'obuId' } },
    `PROFILE-10 ${range}/writes`,
  ],
  [
    'a setting in a field that the driver fills',
    bcc,
    writesC0('laneMode'),
    `PROFILE-10 ${range}/writes`,
  ],
  ['a setting in a field of no number', ver, writesC0('flagId'), `PROFILE-10 ${range}/writes`],
  ['two settings in one field', bcc, writesC0('powerStep'), `PROFILE-06 ${range}/writes`],
  ['a field of C0 that no setting fills', bcc, writesC0('transactionMode'), 'PROFILE-14 /settings'],
  [
    'a reading that nobody hears',
    ver,
    { [`${range}/reads`]: { frame: 'B1', field: 'antennas.powerStep' } },
    `PROFILE-10 ${range}/reads`,
  ],
  // Identity and evidence.
  ['a basis id twice', bcc, { '/basis/1/id': 'serial-text' }, 'PROFILE-06 /basis/1/id'],
  ['a quirk id twice', bcc, { '/quirks/1/id': 'local-time-as-utc' }, 'PROFILE-06 /quirks/1/id'],
  ['a source of no basis', bcc, { '/quirks/0/seen': 'hearsay' }, 'PROFILE-12 /quirks/0/seen'],
  ['verified without a unit', bcc, { '/status': 'verified-on-unit' }, 'PROFILE-12 /status'],
  [
    'a unit behind a document',
    bcc,
    { '/devicesSeen': [{ model: 'm', firmware: '1', date: '2026-11-20', capture: 'c' }] },
    'PROFILE-12 /status',
  ],
  [
    'a verified setting without a unit',
    bcc,
    { [`${power}/status`]: 'verified-on-unit' },
    `PROFILE-12 ${power}/status`,
  ],
  // Ranges.
  ['max below min', bcc, { [`${range}/min`]: 256 }, `PROFILE-05 ${range}/max`],
  ['a step of zero', bcc, { [`${range}/step`]: 0 }, `PROFILE-05 ${range}/step`],
  ['a step that does not divide', bcc, { [`${range}/step`]: 7 }, `PROFILE-05 ${range}/step`],
  ['a number without max', bcc, { [`${range}/max`]: undefined }, `PROFILE-05 ${range}`],
  ['half a step of a whole number', bcc, { [`${range}/step`]: 0.5 }, `PROFILE-05 ${range}/min`],
  ['a value that no byte holds', bcc, { [`${range}/max`]: 256 }, `PROFILE-05 ${range}/writes`],
  [
    'a value below zero on the wire',
    ver,
    { '/settings/1/writes/add': -1 },
    'PROFILE-05 /settings/1/writes',
  ],
  ['a default outside', bcc, { [`${range}/default`]: 300 }, `PROFILE-11 ${range}/default`],
  ['a default that is a text', bcc, { [`${range}/default`]: '1' }, `PROFILE-11 ${range}/default`],
  [
    'a default between steps',
    bcc,
    { '/settings/3/default': 2.505 },
    'PROFILE-11 /settings/3/default',
  ],
  [
    'a default that is no choice',
    bcc,
    { '/settings/1/default': 2 },
    'PROFILE-11 /settings/1/default',
  ],
  [
    'a choice twice',
    bcc,
    { '/settings/1/choices/1/value': 0 },
    'PROFILE-06 /settings/1/choices/1/value',
  ],
  ['a choice without choices', bcc, { '/settings/1/choices': undefined }, 'PROFILE-05 /settings/1'],
  [
    'a lawful range upside down',
    bcc,
    { '/settings/5/lawful/0/min': 50 },
    'PROFILE-05 /settings/5/lawful/0',
  ],
  [
    'a lawful limit of another unit',
    bcc,
    { '/settings/5/lawful/0/unit': 'rad' },
    'PROFILE-05 /settings/5/lawful/0',
  ],
  [
    'a lawful limit without numbers',
    bcc,
    { '/settings/3/lawful/0/min': null },
    'PROFILE-05 /settings/3/lawful/0',
  ],
  [
    'no lawful value in the range',
    bcc,
    { '/settings/3/max': 2 },
    'PROFILE-05 /settings/3/lawful/0',
  ],
  [
    'a power range that the table does not have',
    bcc,
    { [`${power}/max`]: 15 },
    `PROFILE-05 ${power}/max`,
  ],
  [
    'a time of zero',
    bcc,
    { '/limits/heartbeatLossMs/value': 0 },
    'PROFILE-05 /limits/heartbeatLossMs',
  ],
  ['a pulse between steps', relay, { '/limits/pulseMs/value': 150 }, 'PROFILE-05 /limits/pulseMs'],
  // dBm.
  ['a gap in the dBm table', bcc, dbmOf(0, 2), `PROFILE-05 ${power}/dbm/steps/1/step`],
  ['a step of dBm twice', bcc, dbmOf(1, 1), `PROFILE-06 ${power}/dbm/steps/1/step`],
  [
    'a step of dBm that the setting has not',
    bcc,
    dbmOf(31, 32),
    `PROFILE-05 ${power}/dbm/steps/1/step`,
  ],
  ['dBm from a source of no basis', bcc, dbmOf(0, 1, 'rumour'), 'PROFILE-12 /settings/0/source'],
  // Targets.
  ['a frame that is none', bcc, { [`${range}/writes/frame`]: 'EE' }, `PROFILE-10 ${range}/writes`],
  [
    'a field that is none',
    bcc,
    { [`${range}/writes/field`]: 'wait' },
    `PROFILE-10 ${range}/writes`,
  ],
  [
    'a setting written into an answer',
    bcc,
    { [`${range}/writes`]: { frame: 'B0', field: 'status' } },
    `PROFILE-10 ${range}/writes`,
  ],
  [
    'a setting read from a command',
    ver,
    { '/settings/0/reads': { frame: 'C0', field: 'powerStep' } },
    'PROFILE-10 /settings/0/reads',
  ],
  [
    'a field inside a repeat that is none',
    ver,
    { '/settings/0/reads/field': 'antennas.power' },
    'PROFILE-10 /settings/0/reads',
  ],
  [
    'a height that is written',
    bcc,
    { '/settings/3/writes': { frame: 'C0', field: 'powerStep' } },
    'PROFILE-15 /settings/3/writes',
  ],
  [
    'an angle that is read',
    ver,
    { '/settings/4/reads': { frame: 'B1', field: 'controllers' } },
    'PROFILE-15 /settings/4/reads',
  ],
  [
    'a setting written over a link without frames',
    relay,
    { '/settings': [{ ...(at(copyOf(bcc), range) as object), source: 'own' }] },
    'PROFILE-10 /settings/0/writes',
  ],
  [
    'a sign of a frame that is none',
    bcc,
    { '/recognise': [{ by: 'frame', frame: 'B0', field: 'maker', equals: '08', source: 'own' }] },
    'PROFILE-10 /recognise/0/field',
  ],
]
