// Runs a command of the command line in a process of its own, with --json, and gives it lines to read.
import { spawn } from 'node:child_process'
import { program } from '../wire/kit/program.ts'

/** Resolves at its end; the JSON is the first line of what it wrote. */
export async function runWithInput(args: readonly string[], stdin = '') {
  const child = spawn(process.execPath, [program, ...args, '--json'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin)
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, said, json: JSON.parse(said.split('\n')[0] ?? '') as Record<string, unknown> }
}
