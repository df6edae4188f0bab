// Runs a command of the command line in this process, with --json, and keeps what it writes.
import { atRest } from '#runtime/host/at-rest.ts'
import { expect } from 'vitest'
import type { CliIo, Command } from '#base/commands/command.ts'

interface Ran {
  readonly code: number
  readonly stdout: string
  /** The parsed output; throws where it is not one JSON value. */
  readonly json: Record<string, unknown>
}
export type Said = Pick<Ran, 'code' | 'json'>

/** Drops what a command writes. */
export const noIo: CliIo = {
  stdout: () => undefined,
  stderr: () => undefined,
  json: true,
  onStop: () => undefined,
  atRest,
}

type Runnable = Pick<Command, 'run'>

async function ran(command: Runnable, args: readonly string[], io: CliIo): Promise<Ran> {
  let stdout = ''
  const code = await command.run(args, { ...io, stdout: (text) => void (stdout += text) })
  return {
    code,
    stdout,
    get json(): Record<string, unknown> {
      return JSON.parse(stdout) as Record<string, unknown>
    },
  }
}

export const runCommand = (command: Runnable, args: readonly string[]): Promise<Ran> =>
  ran(command, args, noIo)

/** Fails the test where the command complains or waits for a signal. */
export const runSilent = (command: Runnable, args: readonly string[]): Promise<Ran> =>
  ran(command, args, {
    ...noIo,
    stderr: () => expect.fail('nothing to complain about'),
    onStop: () => expect.fail('not a long run'),
  })
