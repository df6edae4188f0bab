// Two reads of one copy find the same figures, ledgers of every older schema are brought to today's and verified, and what a
// start would stop at is thrown.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { updateCommand } from '#runtime/commands/update.ts'
import { readerOptions } from '#lane/folder/reader-options.ts'
import { triedFigures } from '#runtime/update/tried-figures.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { laterFault } from '../../../kit/refusals.ts'
import { runCommand } from '../../../kit/run-command.ts'
import { figuresOfSix, lotIn } from '../../../kit/tried-lot.ts'

describe('the figures of a folder', () => {
  it('are those of its rows, whoever reads and how often', async () => {
    const dir = folderOfTest('tried-')
    const head = lotIn(dir)
    const figures = { ...head, ...figuresOfSix }
    expect(await triedFigures(dir)).toEqual(figures)
    expect(await triedFigures(dir)).toEqual(figures)
    expect((await runCommand(updateCommand, ['try', '--data', dir])).json).toEqual(figures)
  })

  it('are nothing where the lot never ran', async () => {
    const dir = folderOfTest('tried-')
    lotIn(dir)
    for (const name of ['ledger.db', 'ledger.head', 'keys'])
      rmSync(join(dir, name), { recursive: true })
    expect(await triedFigures(dir)).toMatchObject({ rows: 0, carsInside: 0, paidFen: 0 })
  })

  it.each(migrations.slice(0, -1).map(({ version }) => version))(
    'are the same from a ledger of schema %i, which is migrated and whole then',
    async (schema) => {
      const dir = folderOfTest('tried-')
      const head = lotIn(dir, { schema })
      expect(await triedFigures(dir)).toEqual({ ...head, ...figuresOfSix })
      const verdict = verifyLedger(readerOptions(dir))
      expect(verdict).toMatchObject({ ok: true, schemaVersion: migrations.length, faults: [] })
      expect(existsSync(join(dir, 'backup', `ledger-schema-${schema}-row-${head.rows}.db`))).toBe(
        true,
      )
    },
  )
})

const inDb = (dir: string, sql: string): void => {
  using db = new DatabaseSync(ledgerFiles(dir).db)
  db.exec(sql)
}
const changed = (file: string, from: string, to: string): void =>
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))

describe('a folder that no start would take is refused', () => {
  it.each<readonly [string, string, (dir: string) => void]>([
    [
      'a newer ledger',
      'LEDGER-01',
      (dir) => inDb(dir, `PRAGMA user_version = ${migrations.length + 1}`),
    ],
    [
      'an amount that somebody changed',
      'LEDGER-04',
      (dir) =>
        inDb(
          dir,
          `DROP TRIGGER ledger_row_no_update; UPDATE ledger_row SET amountFen = 1 WHERE kind = 'payment'`,
        ),
    ],
    [
      'rows that are missing',
      'LEDGER-03',
      (dir) => {
        const other = folderOfTest('tried-')
        lotIn(other, { cars: 1 })
        cpSync(ledgerFiles(other).db, ledgerFiles(dir).db)
      },
    ],
    [
      'the ledger of another node',
      'LEDGER-04',
      (dir) => changed(join(dir, 'lot.json'), '"n1"', '"n2"'),
    ],
    [
      'a lot file with an unknown member',
      'LOT-02',
      (dir) => changed(join(dir, 'lot.json'), '"version"', '"edition": 3, "version"'),
    ],
    ['a tariff that is none', 'TARIFF-01', (dir) => writeFileSync(join(dir, 'tariff.json'), '{}')],
    ['no lot', 'LOT-08', (dir) => rmSync(join(dir, 'lot.json'))],
    [
      'a profile that this program does not have',
      'LOT-03',
      (dir) =>
        changed(
          join(dir, 'lot.json'),
          '"barrier": null',
          '"barrier": "profile:none/none@tcp://10.0.0.1:1"',
        ),
    ],
  ])('%s: %s', async (_, code, spoil) => {
    const dir = folderOfTest('tried-')
    lotIn(dir)
    spoil(dir)
    expect(await laterFault(triedFigures(dir))).toMatchObject({ code })
  })
})
