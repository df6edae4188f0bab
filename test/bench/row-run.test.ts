// A row of the bench that hangs is ended with all its processes, and named; so is one that fails.
// The row here is a small script; the runner is the bench's own.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runRow } from './kit/row-run.ts'
import { eventually } from '../kit/eventually.ts'

const noLimit = new AbortController().signal
const node = (script: string): readonly [string, ...string[]] => [process.execPath, '-e', script]

it('gives what a row printed', async () => {
  const run = await runRow('ok', node('console.log("{}")'), noLimit)
  expect(run).toEqual({ stdout: '{}\n', fault: null })
})

it('names a row that breaks', async () => {
  const run = await runRow('broken', node('console.log("{}"); process.exit(3)'), noLimit)
  expect(run).toEqual({ stdout: '{}\n', fault: 'broken: ended with code 3' })
})

it.skipIf(process.platform !== 'linux')('ends and names a row that waits for ever', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'etc-row-run-'))
  const note = join(dir, 'pid')
  // The row starts a process that would outlive it.
  const child = `setInterval(() => {}, 1000)`
  const script =
    `const c = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], {stdio: 'ignore'});` +
    `require('node:fs').writeFileSync(${JSON.stringify(note)}, String(c.pid)); setInterval(() => {}, 1000)`
  const limit = new AbortController()
  const running = runRow('hangs', node(script), limit.signal)
  await eventually(() => existsSync(note) && readFileSync(note, 'utf8')).toMatch(/^\d+$/)
  limit.abort()
  expect((await running).fault).toBe('hangs: not done within its limit, ended')
  const pid = Number(readFileSync(note, 'utf8'))
  const status = `/proc/${pid}/status`
  const state = existsSync(status) ? readFileSync(status, 'utf8') : 'State:\tZ'
  expect(state).toMatch(/State:\s+[ZX]/)
  rmSync(dir, { recursive: true, force: true })
})
