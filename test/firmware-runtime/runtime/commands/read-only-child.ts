// Makes a data folder read-only, gives up root, and runs `ledger` on it.
// A separate process, because root ignores file modes and cannot be regained once given up.
import { atRest } from '#runtime/host/at-rest.ts'
import { chmodSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CliIo } from '#base/commands/command.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'

const [dir = '', ...args] = process.argv.slice(2)
const nobody = 65_534

let out = ''
const io: CliIo = {
  stdout: (text) => (out += text),
  stderr: () => undefined,
  json: true,
  onStop: () => undefined,
  atRest,
}

function readable(path: string): void {
  const folder = statSync(path).isDirectory()
  if (folder) for (const name of readdirSync(path)) readable(join(path, name))
  chmodSync(path, folder ? 0o555 : 0o444)
}

readable(dir)
if (process.getuid?.() === 0) {
  process.setgroups?.([])
  process.setgid?.(nobody)
  process.setuid?.(nobody)
}
const code = await ledgerCommand.run([args[0] ?? '', '--data', dir, ...args.slice(1)], io)
process.stdout.write(JSON.stringify({ code, uid: process.getuid?.(), out: JSON.parse(out) }))
