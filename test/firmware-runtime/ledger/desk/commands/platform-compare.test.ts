// `etc-lane platform compare`: between two provinces, from the lot of a folder, and with an unknown province.
// The content of the comparison is tested elsewhere; here are its command line and its refusals.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ProvinceComparison } from '#base/calls/rules-views.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { platformCommand } from '#runtime/commands/platform.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runCommand } from '../../../../kit/run-command.ts'

const dir = folderOfFile('etc-compare-')

type Command = typeof platformCommand

async function run(command: Command, ...args: string[]): Promise<unknown> {
  try {
    const { code, json } = await runCommand(command, args)
    expect(code).toBe(0)
    return json
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { code: error.code, field: error.detail.field, value: error.detail.value }
  }
}
const compare = (...args: string[]) => run(platformCommand, 'compare', ...args)

it('compares two provinces by their digits', async () => {
  const found = (await compare('--from', '45', '--to', '21')) as ProvinceComparison
  expect(found).toMatchObject({
    ok: true,
    from: { province: '45' },
    to: { province: '21' },
    lot: null,
  })
  expect(found.counts.added).toBeGreaterThan(0)
})

it('says what the lot of a folder changes, and leaves it as it is', async () => {
  const lot = join(dir, 'lot')
  await run(lotCommand, 'init', '--data', lot, '--province', '2101', '--charge', 'card')
  const before = readFileSync(join(lot, 'lot.json'), 'utf8')
  expect(before).toContain('"2101"')
  const found = (await compare('--data', lot, '--to', '45')) as ProvinceComparison
  expect(found.from.province).toBe('21')
  expect(found.lot?.changes).toContainEqual(
    expect.objectContaining({ field: '/provinceCode', from: '2101', to: '45__' }),
  )
  expect(readFileSync(join(lot, 'lot.json'), 'utf8')).toBe(before)
})

it('refuses what is no province that is built', async () => {
  for (const digits of ['44', '4', 'xx'])
    expect(await compare('--from', '45', '--to', digits)).toEqual({
      code: 'ARG-01',
      field: '--to',
      value: digits,
    })
  expect(
    await run(
      lotCommand,
      'init',
      '--data',
      join(dir, 'other'),
      '--charge',
      'card',
      '--province',
      '4401',
    ),
  ).toMatchObject({ code: 'LOT-02', field: '/provinceCode', value: '4401' })
})
