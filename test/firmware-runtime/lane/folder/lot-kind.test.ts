// A data folder belongs to one lot: its boot rows are checked before anything is opened for writing.
// Ledgers are real files with boot rows of each kind, including old ones without the lot's id.
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readLedgerKind } from '#ledger/sqlite/ledger-kind.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { demoLotIn, loadLot, writeLot } from '#lane/folder/lot-file.ts'
import { mustBeFreeForDemo, mustBeOfThisLot } from '#lane/folder/lot-kind.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import {
  event,
  newFolder,
  optionsFor,
  removeFolders,
  startMs,
} from '../../ledger/sqlite/ledger-kit.ts'
import { lotFile } from '../lot/lot-kit.ts'
import { codeOf } from '../../../kit/refusals.ts'
import { noIo } from '../../../kit/run-command.ts'

afterAll(removeFolders)

interface Boot {
  readonly mode: 'demo' | 'production'
  readonly lotId?: string
}

const bootRow = ({ mode, lotId }: Boot, n: number): RowDraft => ({
  kind: 'boot',
  atMs: startMs + n * 60_000,
  body: {
    repair: 'A',
    version: '0.0.0',
    mode,
    chargeMode: 'card',
    ...(lotId === undefined ? {} : { lotId }),
  },
})

/** A folder whose ledger has these rows and whose writer has ended. */
function folderWith(...rows: RowDraft[]): string {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  if (rows.length > 0) ledger.append(rows)
  ledger.close()
  return dir
}

/** Files and their bytes, except the empty WAL and its index, which SQLite's own reader leaves. */
const heldIn = (dir: string): unknown[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))])
const demo = { mode: 'demo', lotId: 'GX00012' } as const
const real = { mode: 'production', lotId: 'GX00077' } as const

describe('the kind of a ledger', () => {
  it.each<[string, RowDraft[], string]>([
    ['no row', [], 'none'],
    ['demo starts alone', [bootRow(demo, 1), event(2), bootRow(demo, 3)], 'demo'],
    ['one real start before a demo', [bootRow(real, 1), bootRow(demo, 2)], 'production'],
    ['one real start after a demo', [bootRow(demo, 1), bootRow(real, 2)], 'production'],
    ['rows without any start', [event(1)], 'production'],
  ])('%s', (_name, rows, mode) => {
    expect(readLedgerKind(join(folderWith(...rows), 'ledger.db')).mode).toBe(mode)
  })
  it('names the lot of the newest start, and none for rows of before', () => {
    const { lotId: _none, ...old } = demo
    const lotIdOf = (...rows: RowDraft[]): string | null =>
      readLedgerKind(join(folderWith(...rows), 'ledger.db')).lotId
    expect(lotIdOf(bootRow(old, 1))).toBeNull()
    expect(lotIdOf(bootRow({ ...demo, lotId: 'A1' }, 1), bootRow(demo, 2))).toBe('GX00012')
  })
  it('a damaged file is unreadable, and said so by whoever opens it', () => {
    const dir = folderWith(bootRow(demo, 1))
    truncateSync(join(dir, 'ledger.db'), 5_000)
    expect(readLedgerKind(join(dir, 'ledger.db')).mode).toBe('unreadable')
    expect(codeOf(() => mustBeOfThisLot(dir, demo))).toBe('none')
    expect(codeOf(() => mustBeFreeForDemo(dir))).toBe('LOT-08')
  })
})

describe('a folder without lot.json', () => {
  it('is free for a demo while no real lot left anything in it', () => {
    const empty = newFolder()
    for (const name of ['run', 'keys', 'backup', 'photos']) mkdirSync(join(empty, name))
    for (const dir of [empty, folderWith(bootRow(demo, 1))]) {
      expect(codeOf(() => demoLotIn(dir))).toBe('none')
      expect(codeOf(() => loadLot(dir))).toBe('LOT-01')
    }
  })
  it.each<[string, () => string]>([
    ['a real ledger', () => folderWith(bootRow(real, 1))],
    ['a ledger of before, whose rows name no start', () => folderWith(event(1))],
    ['a head whose ledger is gone', () => gone(folderWith(bootRow(demo, 1)), 'ledger.db')],
    ['a chain key alone', () => left('keys', 'chain.key')],
    ['backups alone', () => left('backup', 'nightly-1.db')],
  ])('with %s is LOT-08 for every command, and stays as it was', (_name, made) => {
    const dir = made()
    const before = heldIn(dir)
    expect(codeOf(() => demoLotIn(dir))).toBe('LOT-08')
    expect(codeOf(() => loadLot(dir))).toBe('LOT-08')
    expect(codeOf(() => writeLot(dir, { ...lotFile(), mode: 'demo' }, null))).toBe('LOT-08')
    expect(heldIn(dir)).toEqual(before)
  })
  it('takes the lot.json of its own lot again, by lot init', async () => {
    const dir = folderWith(bootRow(real, 1))
    const tariff = join(newFolder(), 'tariff.json')
    const demoDir = newFolder()
    writeLot(demoDir, { ...lotFile(), mode: 'demo' }, null)
    renameSync(join(demoDir, 'tariff.json'), tariff)
    const init = (lotId: string) =>
      lotCommand.run(
        [
          ...[
            'init',
            '--data',
            dir,
            '--mode',
            'production',
            '--charge',
            'card',
            '--name',
            '停车场',
          ],
          ...['--tariff', tariff, '--lot-id', lotId, '--node-id', 'n1'],
        ],
        noIo,
      )
    await expect(async () => init('GX00078')).rejects.toMatchObject({ code: 'LOT-09' })
    expect(await init(real.lotId)).toBe(0)
  })
})

function gone(dir: string, name: string): string {
  rmSync(join(dir, name))
  return dir
}

function left(folder: string, name: string): string {
  const dir = newFolder()
  mkdirSync(join(dir, folder))
  writeFileSync(join(dir, folder, name), 'x')
  return dir
}

describe('lot.json beside a ledger', () => {
  it.each<[string, Boot, { mode: 'demo' | 'production'; lotId: string }, string | null]>([
    ['its own', real, real, null],
    ['that of a demo, beside a real ledger', real, demo, '/mode'],
    ['that of a real lot, beside a demo', demo, real, '/mode'],
    ['that of another lot', real, { ...real, lotId: 'GX00078' }, '/lotId'],
    ['its own, on rows of before', { mode: 'production' }, real, null],
  ])('%s', (_name, boot, config, field) => {
    const dir = folderWith(bootRow(boot, 1))
    const act = (): void => mustBeOfThisLot(dir, config)
    if (field === null) expect(act).not.toThrow()
    else {
      const detail = expect.objectContaining({ file: join(dir, 'lot.json'), field }) as unknown
      expect(act).toThrow(expect.objectContaining({ code: 'LOT-09', detail }) as Error)
    }
  })
})

it('the node of lot.json beside the rows of another node: the ledger is not opened', () => {
  const dir = folderWith(bootRow(real, 1))
  const before = readFileSync(join(dir, 'ledger.db'))
  expect(codeOf(() => openLedger({ ...optionsFor(dir), nodeId: 'n2' }))).toBe('LEDGER-04')
  expect(readFileSync(join(dir, 'ledger.db'))).toEqual(before)
})
