// The way back of a folder after a version was taken back: only then, once, with everything kept aside and told.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { schemaHere } from '#ledger/sqlite/older-ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { noSlots, type UpdateEnd } from '#runtime/pure/update/slots.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { keepAsItIs } from '#lane/desk/folder/lot-versions.ts'
import { goWayBack, wentBackNotices } from '#runtime/update/way-back.ts'
import { faultOf } from '../../../kit/refusals.ts'
import { BackupLot, ledgerIn } from '../../../wire/kit/backup-lot.ts'
import { bootOf, newKinds, nextMigrations } from '../../ledger/sqlite/newer-ledger-kit.ts'

const own = '0.1.29'
const end: UpdateEnd = {
  from: '0.1.30',
  to: own,
  is: 'takenBack',
  why: 'car',
  note: 'TypeError',
  atIso: '2026-11-30T03:00:00.000+08:00',
  rows: 0,
}

let lot: BackupLot
let dir: string
const at = (...names: string[]): string => join(dir, ...names)
const text = (...names: string[]): string => readFileSync(at(...names), 'utf8')

function slots(last: UpdateEnd | null): void {
  mkdirSync(at('update'), { recursive: true })
  writeFileSync(at('update', 'slots.json'), JSON.stringify({ ...noSlots, last }))
}

/** A next version migrates the ledger and writes; `version`: the one that its start names. */
function newer(version = '0.1.30', more: readonly RowDraft[] = []): number {
  const key = { nodeId: 'n1', chainKey: chainKeyOf(dir, systemRandom()), crypto: openGmCrypto() }
  const { ledger } = openLedgerWith(
    { ...key, dir, durability: 'full', version },
    { synchronous: 'FULL', checkRows: 100, migrations: nextMigrations },
  )
  ledger.append([bootOf(version), ...more])
  const { seq } = ledger.head
  ledger.close()
  return seq
}

/** What a next version writes into a file of the folder. */
function changed(file: string, member: object): void {
  const value = JSON.parse(text(file)) as object
  writeFileSync(at(file), JSON.stringify({ ...value, ...member }))
}

beforeEach(() => {
  lot = new BackupLot()
  ;({ dir } = lot)
  keepAsItIs(dir, { tariffFile: 'tariff.json' }, 1)
})
afterEach(() => lot.remove())

describe('nothing is done', () => {
  it.each<[string, () => void]>([
    ['without an update', () => undefined],
    ['for a version that was kept', () => slots({ ...end, is: 'kept' })],
    ['for a version that another one replaced', () => slots({ ...end, is: 'replaced' })],
    ['before any update has ended', () => slots(null)],
    ['by a third version', () => slots({ ...end, to: '0.1.28' })],
    [
      'by a file that says nothing',
      () => {
        slots(null)
        writeFileSync(at('update', 'slots.json'), '{"last":{"is":"takenBack"}}')
      },
    ],
    [
      'by half a file',
      () => {
        slots(null)
        writeFileSync(at('update', 'slots.json'), '{"format":1,"la')
      },
    ],
  ])('%s', (_, given) => {
    given()
    newer()
    changed('lot.json', { drones: 3 })
    expect(goWayBack(dir, own)).toBeNull()
    expect(schemaHere(dir)).toBe(nextMigrations.length)
    expect(faultOf(() => ledgerIn(dir)).code).toBe('LEDGER-01')
    expect(text('lot.json')).toContain('drones')
  })
  it('with a ledger that a third program wrote since', () => {
    slots(end)
    newer('0.2.0')
    goWayBack(dir, own)
    expect(faultOf(() => ledgerIn(dir)).code).toBe('LEDGER-01')
  })
  it('while another runtime holds the folder', () => {
    slots(end)
    newer()
    mkdirSync(at('run'), { recursive: true })
    writeFileSync(at('run', 'lock'), `${process.ppid}\n`)
    expect(faultOf(() => goWayBack(dir, own)).code).toBe('LOCK-01')
    rmSync(at('run', 'lock'))
    expect(goWayBack(dir, own)).not.toBeNull()
  })
})

describe('after a version was taken back', () => {
  beforeEach(() => slots(end))

  it('its ledger comes back with all rows, and what it wrote is counted', () => {
    const before = ledgerIn(dir)
    before.append([bootOf(own)])
    before.close()
    const rows = newer('0.1.30', newKinds)
    expect(goWayBack(dir, own)).toEqual({
      format: 1,
      atIso: end.atIso,
      rows: 3,
      unknown: [
        { seq: rows - 1, kind: 'drone' },
        { seq: rows, kind: 'event' },
      ],
      files: [],
    })
    expect(schemaHere(dir)).toBe(migrations.length)
    const ledger = ledgerIn(dir)
    expect(ledger.head.seq).toBe(rows)
    ledger.close()
    expect(existsSync(at('ledger.db.newer-0.1.30'))).toBe(true)
  })

  it('a ledger that it did not migrate stays', () => {
    const was = readFileSync(ledgerFiles(dir).db)
    expect(goWayBack(dir, own)).toMatchObject({ rows: 0, unknown: [], files: [] })
    expect(readFileSync(ledgerFiles(dir).db).equals(was)).toBe(true)
  })

  it('a ledger that it migrated before its first row comes back', () => {
    const ledger = ledgerIn(dir)
    ledger.append([bootOf(own)])
    ledger.close()
    newer(own)
    goWayBack(dir, own)
    expect(schemaHere(dir)).toBe(migrations.length)
  })

  it.each<[string, string, object]>([
    ['the lot file', 'lot.json', { drones: 3 }],
    ['a later form of the lot file', 'lot.json', { version: 2 }],
    ['the tariff', 'tariff.json', { perDrone: 500 }],
  ])('%s comes back, and the changed one is kept', (_, file, member) => {
    const was = JSON.parse(text(file)) as object
    changed(file, member)
    const changedTo = text(file)
    expect(goWayBack(dir, own)?.files).toEqual([file])
    expect(JSON.parse(text(file))).toEqual(was)
    expect(text(`${file}.newer-0.1.30`)).toBe(changedTo)
    expect(() => loadLot(dir)).not.toThrow()
  })

  it('the last version that this program reads counts, and newer ones are passed over', () => {
    changed('lot.json', { capacity: 12 })
    keepAsItIs(dir, { tariffFile: 'tariff.json' }, 2)
    changed('lot.json', { drones: 3 })
    keepAsItIs(dir, { tariffFile: 'tariff.json' }, 3)
    writeFileSync(at('versions', '4.json'), '{"half')
    goWayBack(dir, own)
    expect(JSON.parse(text('lot.json'))).toMatchObject({ capacity: 12 })
  })

  it('without a ledger nothing is noted: it may come from a copy, and then it comes back', () => {
    newer()
    const { db } = ledgerFiles(dir)
    const was = readFileSync(db)
    rmSync(db)
    expect(goWayBack(dir, own)).toBeNull()
    writeFileSync(db, was)
    expect(goWayBack(dir, own)).not.toBeNull()
    expect(schemaHere(dir)).toBe(migrations.length)
  })

  it('without such a version the start says what is wrong, as ever', () => {
    changed('lot.json', { drones: 3 })
    rmSync(at('versions'), { recursive: true })
    expect(faultOf(() => goWayBack(dir, own))).toMatchObject({
      code: 'LOT-02',
      detail: { field: '/drones' },
    })
    expect(text('lot.json')).toContain('drones')
  })

  it('it is done once: what a person changes later stays as it is', () => {
    goWayBack(dir, own)
    changed('lot.json', { drones: 3 })
    newer()
    expect(goWayBack(dir, own)?.files).toEqual([])
    expect(text('lot.json')).toContain('drones')
    expect(faultOf(() => ledgerIn(dir)).code).toBe('LEDGER-01')
    // A further taking back is another one.
    slots({ ...end, atIso: '2026-12-02T03:00:00.000+08:00' })
    expect(goWayBack(dir, own)?.files).toEqual(['lot.json'])
    ledgerIn(dir).close()
  })

  it('killed before it was noted, it tells the same again', () => {
    changed('lot.json', { drones: 3 })
    newer('0.1.30', newKinds)
    const first = goWayBack(dir, own)
    rmSync(at('update', 'way-back.json'))
    expect(goWayBack(dir, own)).toEqual(first)
    expect(
      readdirSync(dir)
        .filter((name) => name.includes('newer-'))
        .toSorted(),
    ).toEqual(['ledger.db.newer-0.1.30', 'lot.json.newer-0.1.30'])
  })

  it('a ledger that cannot be carried over ends the start, and stays', () => {
    newer()
    const file = ledgerFiles(dir).db
    writeFileSync(file, readFileSync(file).subarray(0, 20_000))
    expect(faultOf(() => goWayBack(dir, own)).code).toMatch(/^LEDGER-0[35]$/)
    expect(readFileSync(file)).toHaveLength(20_000)
    expect(existsSync(at('update', 'way-back.json'))).toBe(false)
    expect(existsSync(at('run', 'lock'))).toBe(false)
  })
})

describe('settings that waited for empty lanes', () => {
  beforeEach(() => slots(end))
  const waitingFile = 'lot.waiting.json'
  const waiting = (lot: unknown, more: object = {}): object => ({
    savedAtIso: end.atIso,
    by: '王',
    reason: '加车位',
    over: '',
    lot,
    refused: null,
    ...more,
  })
  const lotNow = (): object => JSON.parse(text('lot.json')) as object

  it.each<[string, () => string]>([
    ['of a later lot file', () => JSON.stringify(waiting({ ...lotNow(), drones: 3 }))],
    ['of a later form', () => JSON.stringify(waiting(lotNow(), { drones: 3 }))],
    ['of a value that is none', () => JSON.stringify(waiting({ ...lotNow(), capacity: -1 }))],
    ['half a file', () => JSON.stringify(waiting(lotNow())).slice(0, 60)],
  ])('%s are kept aside and told', (_, of) => {
    const was = of()
    writeFileSync(at(waitingFile), was)
    const files = [waitingFile]
    expect(goWayBack(dir, own)).toMatchObject({ files })
    expect(text(`${waitingFile}.newer-0.1.30`)).toBe(was)
    expect(existsSync(at(waitingFile))).toBe(false)
    rmSync(at('update', 'way-back.json'))
    expect(goWayBack(dir, own)).toMatchObject({ files })
  })

  it.each<[string, object]>([
    ['as they were', {}],
    ['of another lot than the one that came back', { over: 'ab' }],
    ['that were refused', { refused: { code: 'LOT-02' } }],
  ])('%s go on waiting, and the start takes or refuses them', (_, more) => {
    writeFileSync(at(waitingFile), JSON.stringify(waiting(lotNow(), more)))
    expect(goWayBack(dir, own)).toMatchObject({ files: [] })
    expect(existsSync(at(waitingFile))).toBe(true)
  })
})

it.each<[object, string[]]>([
  [{}, []],
  [{ unknown: [{ seq: 7, kind: 'drone' }] }, ['UPDATE-16']],
  [{ files: ['lot.json'] }, ['UPDATE-17']],
  [{ files: ['lot.json'], unknown: [{ seq: 7, kind: 'drone' }] }, ['UPDATE-16', 'UPDATE-17']],
])('people are told what lasts: %o', (more, codes) => {
  const done = { atIso: '', rows: 3, unknown: [], files: [], ...more }
  expect(wentBackNotices({ format: 1, ...done }).map(({ code }) => code)).toEqual(codes)
})
