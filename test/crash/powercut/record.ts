// Compiles the recorder into a temporary folder and runs the recorded process under it.
// A run is two processes on one folder: the first is killed, the second recovers and closes.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseLog, type Op } from './disk.ts'

const recorder = fileURLToPath(new URL('./recorder.c', import.meta.url))

export const hasCompiler = (): boolean =>
  process.platform === 'linux' && spawnSync('gcc', ['--version']).status === 0

/** Compiles one C file into a preload library, once per folder. */
export function compile(folder: string, source: string): string {
  const library = join(folder, `${basename(source, '.c')}.so`)
  if (existsSync(library)) return library
  const args = ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', library, source]
  const made = spawnSync('gcc', [...args, '-ldl', '-pthread'], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`${source} does not compile: ${made.stderr}`)
  return library
}

export interface Recording {
  readonly dir: string
  readonly ops: readonly Op[]
}

export interface RecordOptions {
  readonly folder: string
  readonly name: string
  /** Script and its arguments after the folder and the acknowledgement file; one list per process. */
  readonly script: URL
  readonly runs: readonly (readonly string[])[]
}

export function record(options: RecordOptions): Recording {
  const dir = join(options.folder, options.name)
  mkdirSync(dir)
  const ack = join(options.folder, `${options.name}.ack`)
  const log = join(options.folder, `${options.name}.log`)
  const library = compile(options.folder, recorder)
  for (const args of options.runs) {
    const child = spawnSync(process.execPath, [fileURLToPath(options.script), dir, ack, ...args], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        LD_PRELOAD: library,
        POWERCUT_DIR: dir,
        POWERCUT_ACK: ack,
        POWERCUT_LOG: log,
      },
    })
    const expected = args.at(-1) === 'kill' ? child.signal === 'SIGKILL' : child.status === 0
    if (!expected) throw new Error(`the recorded process failed: ${child.stderr}`)
  }
  return { dir, ops: parseLog(readFileSync(log)) }
}
