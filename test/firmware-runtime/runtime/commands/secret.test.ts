// `etc-lane secret`: set from stdin, listed by name, removed; no command prints a secret.
// Each command runs as a separate process, as in use.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runWithInput } from '../../../kit/run-with-input.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-secret-')

const secret = (args: readonly string[], stdin = '') => runWithInput(['secret', ...args], stdin)
const at = ['--data', dir]

describe('etc-lane secret', () => {
  it('sets from stdin, one line end taken off, lists names, removes', async () => {
    const set = await secret(['set', ...at, '--name', 'cam-exit'], 'Abcd1234\r\n')
    expect(set).toMatchObject({ code: 0, json: { ok: true, name: 'cam-exit' } })
    expect(set.said).not.toContain('Abcd1234')
    expect((await secret(['list', ...at])).json).toEqual({ names: ['cam-exit'] })
    expect(readFileSync(join(dir, 'keys/secrets/cam-exit.sealed'), 'latin1')).not.toContain('Abcd')
    const remove = ['remove', ...at, '--name', 'cam-exit']
    expect(await secret(remove)).toMatchObject({ code: 0, json: { ok: true } })
    expect(await secret(remove)).toMatchObject({ code: 1, json: { ok: false } })
  })
  it.each([
    [['set', ...at, '--name', 'cam'], '', 'ARG-01', 'stdin'],
    [['set', ...at, '--name', 'cam'], 'two\nlines', 'ARG-01', 'stdin'],
    [['set', ...at, '--name', 'cam'], 'x'.repeat(9_000), 'ARG-01', 'stdin'],
    [['set', ...at, '--name', '../x'], 'Abcd1234', 'ARG-01', '--name'],
    [['set', ...at], 'Abcd1234', 'ARG-01', '--name'],
    [['set', '--data', join(dir, 'no'), '--name', 'cam'], 'Abcd1234', 'FILE-01', ''],
    [['tell', ...at, '--name', 'cam'], '', 'ARG-01', 'secret'],
  ])('%j refuses %j', async (args, stdin, code, field) => {
    const got = await secret(args, stdin)
    expect(got).toMatchObject({ code: 2, json: { error: { code, field } } })
    expect(got.said).not.toContain('Abcd1234')
  })
})
