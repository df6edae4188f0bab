// No package of rows that another lot made, or that somebody changed by hand: the ledger says whose they are.
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { acceptanceCommand } from '#acceptance/desk/commands/acceptance.ts'
import { overriddenIn } from '../../../../kit/overridden.ts'
import { exitLot, Folder, makeSigner } from '../../../devices/desk/commands/profile/kit.ts'
import { runSilent, type Said } from '../../../../kit/run-command.ts'

const folder = new Folder()
afterAll(() => folder.remove())
const keys = makeSigner(folder, 'Installer')
const dir = folder.at('lot')
exitLot(dir)
overriddenIn(dir, 'acceptance.override A1')

const run = (...args: readonly string[]): Promise<Said> => runSilent(acceptanceCommand, args)

describe('a package', () => {
  it('is refused of a ledger that was changed by hand', async () => {
    const copy = folder.at('changed-lot')
    cpSync(dir, copy, { recursive: true })
    const db = new DatabaseSync(join(copy, 'ledger.db'))
    const triggers = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all()
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${String(name)}"`)
    db.exec(
      `UPDATE ledger_row SET body = replace(body, '勘测在后', '勘测在前') WHERE kind = 'audit'`,
    )
    db.close()
    const out = folder.at('changed-lot.etcaccept')
    const made = run(
      'package',
      '--data',
      copy,
      '--key',
      keys.key,
      '--cert',
      keys.cert,
      '--out',
      out,
    )
    await expect(made).rejects.toMatchObject({ code: 'LEDGER-04' })
    expect(existsSync(out)).toBe(false)
  })

  it.each([
    ['/mode', { mode: 'production' }],
    ['/lotId', { lotId: 'GX00077' }],
  ])(
    'is refused, and so is a run, where %s of the lot file is not that of the ledger',
    async (field, over) => {
      const copy = folder.at(`other${field.slice(1)}`)
      cpSync(dir, copy, { recursive: true })
      const lot = JSON.parse(readFileSync(join(copy, 'lot.json'), 'utf8')) as object
      writeFileSync(join(copy, 'lot.json'), JSON.stringify({ ...lot, ...over }))
      const refused = { code: 'LOT-09', detail: { field } }
      await expect(run('run', '--data', copy, '--anew')).rejects.toMatchObject(refused)
      const made = run(
        'package',
        '--data',
        copy,
        '--key',
        keys.key,
        '--cert',
        keys.cert,
        '--out',
        folder.at('x'),
      )
      await expect(made).rejects.toMatchObject(refused)
    },
  )
})
