// The lock of a folder or a device: an ended process holds no lock, even while its process id still exists.
// Real processes, because only the system knows whether an id is in use.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { holderOf, takeLock } from '#base/files/process-lock.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../../../kit/eventually.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir = ''
let parent: ChildProcess | null = null

beforeEach(() => (dir = folderOfTest('process-lock-test-')))
afterEach(async () => {
  if (parent !== null && parent.exitCode === null) {
    const gone = once(parent, 'exit')
    parent.kill('SIGKILL')
    await gone
  }
  parent = null
})

/** Runs `script` in a process that then becomes one which never reaps its dead child; returns its first line. */
async function firstLine(script: string): Promise<string> {
  parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [bytes] = (await once(present(parent.stdout, 'a pipe'), 'data')) as [Buffer]
  return bytes.toString('utf8').trim()
}

const stateOf = (pid: number): string =>
  readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /s, '')
    .slice(0, 1)

it('a live process holds its lock, and the lock names it', async () => {
  const pid = Number(await firstLine('echo $$; exec sleep 60'))
  const lock = join(dir, 'lock')
  writeFileSync(lock, `${pid}\n`)
  expect(holderOf(lock)).toBe(pid)
  expect(takeLock(lock)).toBe(pid)
})

it.runIf(process.platform === 'linux')(
  'a killed one that nobody has asked for holds none',
  async () => {
    const pid = Number(await firstLine('sleep 60 & echo $!; exec sleep 60'))
    const lock = join(dir, 'lock')
    writeFileSync(lock, `${pid}\n`)
    // Until the shell has become `sleep`, it would still reap its dead child.
    const comm = `/proc/${present(parent?.pid, 'a parent')}/comm`
    await eventually(() => readFileSync(comm, 'utf8').trim()).toBe('sleep')
    process.kill(pid, 'SIGKILL')
    await eventually(() => stateOf(pid)).toBe('Z')
    expect(process.kill(pid, 0)).toBe(true)
    expect(holderOf(lock)).toBeNull()
    expect(takeLock(lock)).toBeNull()
    expect(readFileSync(lock, 'utf8')).toMatch(new RegExp(`^${process.pid}\\n`))
  },
)
