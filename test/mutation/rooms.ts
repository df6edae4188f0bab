// The folders where money is decided: which files are mutated, and which quick tests must notice it.
// Tests of another folder may be named where its promises are checked by a whole lot.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

export interface Room {
  /** Files or folders under firmware-runtime/. */
  readonly sources: readonly string[]
  /** Files or folders under test/firmware-runtime/. */
  readonly tests: readonly string[]
  /** Its modules keep state from earlier tests: a surviving mutant is tried in a fresh process too. */
  readonly keepsState?: true
}

export const rooms = {
  tariff: { sources: ['money/pure/billing'], tests: ['money/pure/billing'] },
  member: {
    sources: ['money/pure/member'],
    tests: [
      'money/pure/member',
      'money/desk/handlers/control-coupons.test.ts',
      'money/desk/handlers/control-points.test.ts',
      'runtime/control/control-merchants.test.ts',
      'money/desk/handlers/control-members.test.ts',
    ],
  },
  plates: {
    sources: [
      'ledger/pure/lot/plate-match.ts',
      ...['find-stay', 'plate-checks', 'large-checks'].map((name) => `lane/pure/lot/${name}.ts`),
    ],
    tests: [
      'ledger/pure/lot/plate-match.test.ts',
      'lane/pure/lot/plate-checks.test.ts',
      'lane/pure/lot/large-checks.test.ts',
      'lane/pure/lot/claim.test.ts',
      'lane/pure/exit-match.test.ts',
    ],
  },
  caps: { sources: ['lane/pure/etc/offline.ts'], tests: ['lane/pure/etc/offline.test.ts'] },
  queue: { sources: ['ledger/pure/queue'], tests: ['ledger/pure/queue'] },
  ledger: {
    sources: ['chain', 'ledger', 'ledger-kind', 'ledger-writer', 'row-text', 'verify'].map(
      (name) => `ledger/sqlite/${name}.ts`,
    ),
    tests: [
      ...[
        'row-text',
        'ledger-kind',
        'writer-faults',
        'open-notes',
        'ledger',
        'ledger-writer',
        'verify',
        'chain',
        'head-file',
        'checkpoints',
        'repair',
      ].map((name) => `ledger/sqlite/${name}.test.ts`),
      'base/sqlite/connection.test.ts',
    ],
    keepsState: true,
  },
  codec: {
    sources: [
      'frame-engine',
      'frame-counts',
      'field-codec',
      'decode-plan',
      'framing',
      'crc-x25',
      'gbk',
      'generic-bcc/framing',
      'generic-ver/framing',
      'generic-len/framing',
    ].map((name) => `devices/pure/rsu/${name}.ts`),
    tests: ['framing', 'frames', 'frame-engine', 'fields', 'captured', 'variant-with'].map(
      (name) => `devices/pure/rsu/${name}.test.ts`,
    ),
    keepsState: true,
  },
  lane: {
    sources: ['lane/pure'],
    tests: [
      'lane/pure',
      'lane/pure/lot/claim.test.ts',
      'ledger/pure/lot/lot.test.ts',
      'lane/lot/lot-runtime.test.ts',
      'lane/lot/lot-clock.test.ts',
      'lane/lot/lot-sensors.test.ts',
      'lane/lot/lot-places.test.ts',
      'lane/lot/late-answers.test.ts',
      'lane/lot/tac-later.test.ts',
    ],
  },
} as const satisfies Readonly<Record<string, Room>>
export type RoomName = keyof typeof rooms
export const roomOf = (name: RoomName): Room => rooms[name]

export const roomNames = Object.keys(rooms) as RoomName[]

function filesUnder(root: string, paths: readonly string[], ends: string): string[] {
  const found = paths.flatMap((path) => {
    const whole = join(repository, root, path)
    if (!existsSync(whole)) throw new Error(`${root}/${path} is not there`)
    if (!statSync(whole).isDirectory()) return [whole]
    return readdirSync(whole, { recursive: true, encoding: 'utf8' }).map((one) => join(whole, one))
  })
  return [...new Set(found.filter((path) => path.endsWith(ends)))].sort()
}

export const sourcesOf = (room: Room): string[] =>
  filesUnder('firmware-runtime', room.sources, '.ts')
export const testsOf = (room: Room): string[] =>
  filesUnder(join('test', 'firmware-runtime'), room.tests, '.test.ts')
