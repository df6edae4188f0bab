// `etc-lane secret set | list | remove --data DIR`: passwords of devices, sealed to this machine.
// They come on stdin, so that they are in no process list and no shell history, and never go out again.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { machineSecret } from '../adapters/secrets/machine-seal.ts'
import { secretStore } from '../adapters/secrets/secret-store.ts'
import { LaneFault } from '../core/values/faults.ts'
import { flags, needed, type CliIo, type Command } from './command.ts'

const stdinBytesMax = 4_096

/** Everything on stdin, a file or a pipe. */
async function pipedText(): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size <= stdinBytesMax) chunks.push(chunk)
  }
  if (size > stdinBytesMax) throw new LaneFault('ARG-01', { field: 'stdin', note: 'too long' })
  return Buffer.concat(chunks).toString('utf8')
}

/** One line typed by a person; nothing of it is shown. */
async function typedLine(io: CliIo): Promise<string> {
  const { stdin } = process
  io.stderr('password: ')
  stdin.setRawMode(true)
  let line = ''
  try {
    for await (const chunk of stdin as AsyncIterable<Uint8Array>)
      for (const char of Buffer.from(chunk).toString('utf8')) {
        if (char === '\r' || char === '\n') return line
        if (char === '\u0003') throw new LaneFault('ARG-01', { note: 'given up, nothing was set' })
        line = char === '\u007f' || char === '\b' ? [...line].slice(0, -1).join('') : line + char
      }
    return line
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    io.stderr('\n')
  }
}

function storeOf(data: string | undefined) {
  const dir = resolve(needed(data, 'data'))
  if (!existsSync(dir)) throw new LaneFault('FILE-01', { file: dir, note: 'no such data folder' })
  return secretStore(dir, machineSecret())
}

async function set(args: readonly string[], io: CliIo): Promise<unknown> {
  const { values } = flags(args, { data: 'string', name: 'string' })
  const store = storeOf(values.data)
  const name = needed(values.name, 'name')
  // Refused before anybody types.
  store.read(name)
  const text = process.stdin.isTTY ? await typedLine(io) : await pipedText()
  store.write(name, text.replace(/\r?\n$/, ''))
  return { ok: true, name }
}

function list(args: readonly string[]): unknown {
  const { values } = flags(args, { data: 'string' })
  return { names: storeOf(values.data).names() }
}

function remove(args: readonly string[]): { ok: boolean } {
  const { values } = flags(args, { data: 'string', name: 'string' })
  const name = needed(values.name, 'name')
  return { ok: storeOf(values.data).remove(name) }
}

export const secretCommand: Command = {
  async run(args, io) {
    const [verb = '', ...rest] = args
    const say = (value: unknown): void => io.stdout(`${JSON.stringify(value)}\n`)
    if (verb === 'set') say(await set(rest, io))
    else if (verb === 'list') say(list(rest))
    else if (verb === 'remove') {
      const removed = remove(rest)
      say(removed)
      return removed.ok ? 0 : 1
    } else throw new LaneFault('ARG-01', { value: verb, note: 'secret set, list or remove' })
    return 0
  },
}
