// etc-lane: the composition root of the lane runtime and its command line.
// Started by stock Node on a lane PC, by Studio in a utility process, and as the simulators' process.
import { isMainThread, workerData } from 'node:worker_threads'
import { isReaderData, serveReader } from './adapters/sqlite/reader-worker.ts'
import { commands } from './cli/index.ts'
import { hostBehind, parentPortHere } from './cli/hosted.ts'
import type { CliIo } from './cli/command.ts'
import { faultJson, faults, LaneFault, type FaultRow } from './core/values/faults.ts'

function faultText(fault: LaneFault): string {
  const row: FaultRow = faults[fault.code]
  const { file, field, value, note, todo } = fault.detail
  const where = [file, field, value].filter((part) => part !== undefined && part !== '').join(' ')
  const lines = (['zh', 'en'] as const).map((language) => {
    const what = `${fault.code} ${row.what[language]}${note === undefined ? '' : ` (${note})`}`
    return `${what} · ${row.means[language]} · ${todo ?? row.todo[language]}`
  })
  return [...lines, ...(where === '' ? [] : [where])].join('\n')
}

function help(io: CliIo): number {
  io.stdout('etc-lane <command> [--json]\n')
  for (const c of commands) io.stdout(`  ${c.name.padEnd(14)} ${c.summary.zh} / ${c.summary.en}\n`)
  return 0
}

/** Runs one command line; never throws for a fault of the world. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = argv
  const json = rest.includes('--json')
  const io: CliIo = {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    json,
    onStop: (stop) => {
      process.once('SIGTERM', stop)
      process.once('SIGINT', stop)
    },
  }
  try {
    if (['help', '--help', '-h'].includes(name)) return help(io)
    const command = commands.find((c) => c.name === name)
    if (command === undefined)
      throw new LaneFault('ARG-01', { value: name, note: `no command ${name}` })
    return await command.run(
      rest.filter((arg) => arg !== '--json'),
      io,
    )
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    if (json) io.stdout(`${JSON.stringify(faultJson(error))}\n`)
    io.stderr(`${faultText(error)}\n`)
    return 2
  }
}

/** One program file, three ways to be started: reading worker, hosted by Studio, command line. */
async function begin(): Promise<number> {
  if (!isMainThread && isReaderData(workerData)) {
    serveReader(workerData)
    return 0
  }
  const parent = parentPortHere()
  if (parent !== null && process.argv[2] === 'host') return hostBehind(parent)
  return main(process.argv.slice(2))
}

process.exitCode = await begin()
