// The built program prepares a next version of itself, packed and signed like a release: what is good is tried, with a newer
// schema as well, and what is not is refused by its dry start.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { keptPlan } from '#runtime/slots/plan-file.ts'
import { nextVersion, type NextVersion } from '../kit/next-version.ts'
import { folderOfFile, folderOfTest } from '../kit/own-folder.ts'
import { publisherIn } from '../kit/signed-release.ts'
import { figuresOfSix, lotIn, trustIn } from '../kit/tried-lot.ts'
import { root } from './packaged-app.ts'

const publisher = publisherIn(folderOfFile('publisher-'))
const program = join(root, 'dist', 'runtime', 'main.mjs')

interface Run {
  readonly dir: string
  readonly slot: string
  readonly last: Record<string, unknown>
}

const lane = (main: string, ...words: readonly string[]): Record<string, unknown> => {
  const { stdout } = spawnSync(process.execPath, [main, ...words, '--json'], { encoding: 'utf8' })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
}

async function prepared(next: NextVersion, schema = migrations.length): Promise<Run> {
  const [dir, made] = [folderOfTest('lot-'), folderOfTest('made-')]
  lotIn(dir, { schema })
  trustIn(dir, publisher.root)
  const release = await nextVersion(made, next)
  const from = publisher.publish(release)
  const last = lane(program, 'update', 'prepare', '--data', dir, '--from', from)
  return { dir, last, slot: join(dir, 'update', 'slots', `${release.version}-${release.build}`) }
}

describe('a next version', () => {
  it('is tried, and runs from its slot as itself', async () => {
    const { dir, slot, last } = await prepared({ ahead: 3, build: 'other' })
    expect(last).toMatchObject({ ok: true, is: 'newer' })
    expect(keptPlan(dir)?.step).toMatchObject({ is: 'tried', figures: figuresOfSix })
    const said = spawnSync(join(slot, 'etc-lane'), ['version', '--json'], { encoding: 'utf8' })
    expect(JSON.parse(said.stdout)).toMatchObject({ build: 'other' })
    const packages = readdirSync(join(slot, 'node_modules'))
    expect(packages).toEqual(expect.arrayContaining(['serialport', 'node-hid']))
  })

  it.each([1, 6, migrations.length])(
    'with a newer schema migrates the copy alone, from schema %i',
    async (schema) => {
      const { dir, slot, last } = await prepared({ newSchema: true }, schema)
      expect(last).toMatchObject({ ok: true })
      expect(keptPlan(dir)?.step).toMatchObject({ is: 'tried', figures: figuresOfSix })
      using db = new DatabaseSync(join(dir, 'ledger.db'), { readOnly: true })
      expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: schema })
      const said = lane(join(slot, 'dist', 'runtime', 'main.mjs'), 'version')
      expect(said).toMatchObject({ schema: migrations.length + 1 })
    },
  )

  it.each([
    ['tryCrashes', 'UPDATE-11'],
    ['tryReadsOtherSum', 'UPDATE-12'],
  ] as const)('that has %s is refused: %s', async (plant, code) => {
    const { dir, slot, last } = await prepared({ plant })
    expect(last).toMatchObject({ error: { code } })
    expect(keptPlan(dir)?.step).toMatchObject({ is: 'refused', code })
    expect(existsSync(slot)).toBe(false)
  })

  const sim = ['sim', '--seed', '58', '--lots', '1', '--days', '1']
  it.each([
    ['start', ['run'], { status: null, signal: 'SIGKILL' }],
    ['firstCar', sim, { status: null, signal: 'SIGKILL' }],
    ['writes', sim, { status: 2, signal: null, code: 'LEDGER-06' }],
    ['charge', sim, { status: 1, signal: null }],
  ] as const)(
    'that fails by %s passes its dry start, and fails with cars',
    async (plant, act, end) => {
      const { dir, slot, last } = await prepared({ plant })
      expect(last).toMatchObject({ ok: true })
      const data = plant === 'start' ? ['--data', dir] : []
      const ran = spawnSync(join(slot, 'etc-lane'), [...act, ...data, '--json'], {
        encoding: 'utf8',
      })
      const { error } = (/^\{"error"/.test(ran.stdout) ? JSON.parse(ran.stdout) : {}) as {
        error?: { code: string }
      }
      expect({ ...ran, code: error?.code }).toMatchObject(end)
    },
  )
})
