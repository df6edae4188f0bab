// `etc-lane secret set | list | remove --data DIR`: passwords of devices, sealed to this machine.
// They come on stdin, so that they are in no process list and no shell history, and never go out again.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { machineSecret } from '../adapters/secrets/machine-seal.ts'
import { secretStore } from '../adapters/secrets/secret-store.ts'
import { LaneFault } from '../core/values/faults.ts'
import { act, commandOf } from './acts.ts'
import type { CliIo } from './command.ts'

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

function storeOf(data: string) {
  const dir = resolve(data)
  if (!existsSync(dir)) throw new LaneFault('FILE-01', { file: dir, note: 'no such data folder' })
  return secretStore(dir, machineSecret())
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

const set = act(['secret set --data DIR --name NAME'], async ({ data, name }, io) => {
  const store = storeOf(data)
  // Refused before anybody types.
  store.read(name)
  const text = process.stdin.isTTY ? await typedLine(io) : await pipedText()
  store.write(name, text.replace(/\r?\n$/, ''))
  io.stdout(line({ ok: true, name }))
  return 0
})

const list = act(['secret list --data DIR'], ({ data }, io) => {
  io.stdout(line({ names: storeOf(data).names() }))
  return 0
})

const remove = act(['secret remove --data DIR --name NAME'], ({ data, name }, io) => {
  const ok = storeOf(data).remove(name)
  io.stdout(line({ ok }))
  return ok ? 0 : 1
})

export const secretCommand = commandOf('secret', [set, list, remove])
