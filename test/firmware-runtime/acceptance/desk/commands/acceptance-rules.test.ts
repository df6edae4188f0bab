// A rule pack at the command line: how it differs from that of the program, the signature of its issuer, and a pack that
// has only the name of the program's.
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { acceptanceCommand } from '#acceptance/desk/commands/acceptance.ts'
import { Folder, makeSigner } from '../../../devices/desk/commands/profile/kit.ts'
import { runSilent, type Said } from '../../../../kit/run-command.ts'

const folder = new Folder()
afterAll(() => folder.remove())
const keys = makeSigner(folder, 'Installer')

const run = (...args: readonly string[]): Promise<Said> => runSilent(acceptanceCommand, args)

describe('acceptance rules', () => {
  const about = { format: 1, id: 'ours', standard: 'X 1', province: '45', over: 'guangxi' }
  const file = folder.put('rules.json', JSON.stringify({ ...about, rules: { I1: null } }))
  const seal = (out: string) =>
    run('rules', '--file', file, '--key', keys.key, '--cert', keys.cert, '--out', folder.at(out))

  it('says how a pack differs from that of the program, and that nobody signed it', async () => {
    const altered = [{ rule: 'I1', member: 'asked', was: 'true', is: 'false' }]
    expect(await run('rules', '--file', file)).toMatchObject({
      code: 0,
      json: { packId: 'ours', altered, issuer: null },
    })
  })

  it('signs a pack, and refuses it once it was changed', async () => {
    expect(await seal('sealed.json')).toMatchObject({
      code: 0,
      json: { issuer: { by: 'TEST Installer' } },
    })
    const text = readFileSync(folder.at('sealed.json'), 'utf8')
    for (const [was, is] of [
      ['"I1": null', '"I2": null'],
      ['"X 1"', '"X 2"'],
      ['"signature": "M', '"signature": "N'],
    ] as const) {
      const changed = folder.put('changed.json', text.replace(was, is))
      await expect(run('rules', '--file', changed)).rejects.toMatchObject({
        code: 'RULE-01',
        detail: { file: changed, field: '/seal' },
      })
    }
  })

  it('refuses a pack with the name of the program’s and other rules', async () => {
    const text = JSON.stringify({ ...about, id: 'guangxi', over: null, rules: {} })
    const fake = folder.put('fake.json', text)
    await expect(run('rules', '--file', fake)).rejects.toMatchObject({
      code: 'RULE-01',
      detail: { file: fake, field: '/id', value: 'guangxi' },
    })
  })
})
