// Runs the command line of this checkout in a process of its own and reads its one JSON document.
// Shared by the simulation tests; no test here depends on time.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { program as built } from '../wire/kit/program.ts'

export const root = join(import.meta.dirname, '..', '..')

export interface Ran {
  readonly code: number | null
  readonly json: Readonly<Record<string, unknown>>
  readonly stderr: string
}

/** `env` is added to the environment, for example a time zone. */
export function etcLane(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  program: readonly string[] = [process.execPath],
): Promise<Ran> {
  const [file = process.execPath, ...before] = program
  const child = spawn(file, [...before, built, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      const last = stdout.trim().split('\n').at(-1) ?? ''
      const parsed: unknown = last === '' ? {} : JSON.parse(last)
      const json = typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
      resolve({ code, json, stderr })
    })
  })
}
