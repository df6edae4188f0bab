// Reads a secret from stdin, so that it appears in no process list and no shell history: from a pipe, or one line typed
// without echo. Passwords of devices and secrets of people are entered this way only.
import { existsSync } from 'node:fs'
import { t } from '../../pure/words/fault-text.ts'
import { LaneFault } from '../../pure/faults/faults.ts'
import type { CliIo } from '../../commands/command.ts'

/** FILE-01 without the data folder that the secret is for. */
export function mustExist(dir: string): void {
  if (!existsSync(dir))
    throw new LaneFault('FILE-01', {
      file: dir,
      note: t('没有这个数据目录', 'no such data folder'),
    })
}

const stdinBytesMax = 4_096

/** Everything on stdin, from a file or a pipe. */
async function pipedText(): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size <= stdinBytesMax) chunks.push(chunk)
  }
  if (size > stdinBytesMax)
    throw new LaneFault('ARG-01', { field: 'stdin', note: t('太长', 'too long') })
  return Buffer.concat(chunks).toString('utf8')
}

/** One line typed by a person, without echo. */
async function typedLine(io: CliIo): Promise<string> {
  const { stdin } = process
  io.stderr('password: ')
  stdin.setRawMode(true)
  let line = ''
  try {
    for await (const chunk of stdin as AsyncIterable<Uint8Array>)
      for (const char of Buffer.from(chunk).toString('utf8')) {
        if (char === '\r' || char === '\n') return line
        if (char === '\u0003')
          throw new LaneFault('ARG-01', { note: t('已放弃,没有写入', 'given up, nothing was set') })
        line = char === '\u007f' || char === '\b' ? [...line].slice(0, -1).join('') : line + char
      }
    return line
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    io.stderr('\n')
  }
}

export async function stdinSecret(io: CliIo): Promise<string> {
  const text = process.stdin.isTTY ? await typedLine(io) : await pipedText()
  return text.replace(/\r?\n$/, '')
}
