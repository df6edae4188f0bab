// The command line of etc-lane: finds the command, runs it, prints faults in both languages. Exit codes and error JSON
// are those of contract.md section 2.
import { atRest } from '../host/at-rest.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { type CliIo, type CommandEntry, wrongFlag } from '#base/commands/command.ts'
import { diskFault, isDiskError } from '#base/pure/faults/disk-fault.ts'
import { exitOfRun } from '#lane/pure/lot/run-exit.ts'
import { faultJson, faults, LaneFault, type FaultRow, whyIn } from '#base/pure/faults/faults.ts'
import { onStop } from '#base/process/stops.ts'
import { programText } from '#base/process/version.ts'

function faultText(fault: LaneFault): string {
  const row: FaultRow = faults[fault.code]
  const { file, field, value, note, todo } = fault.detail
  const where = [file, field, value].filter((part) => part !== undefined && part !== '').join(' ')
  const lines = (['zh', 'en'] as const).map((language) => {
    const why = note === undefined ? '' : ` (${whyIn(note, language)})`
    const what = `${fault.code} ${row.what[language]}${why}`
    return `${what} · ${row.means[language]} · ${todo ?? row.todo[language]}`
  })
  const { command } = row
  const does = command === undefined ? [] : [`→ etc-lane ${command}`]
  return [...lines, ...does, ...(where === '' ? [] : [where]), programText].join('\n')
}

function help(commands: readonly CommandEntry[], io: CliIo): number {
  io.stdout('etc-lane <command> [--json]\n')
  for (const c of commands) io.stdout(`  ${c.name.padEnd(14)} ${c.summary.zh} / ${c.summary.en}\n`)
  io.stdout('etc-lane <command> --help\n')
  return 0
}

/** `COMMAND --help`: its purpose, and each way to call it. */
async function helpOf(entry: CommandEntry, io: CliIo): Promise<number> {
  const { summary } = entry
  const { usage, words } = await entry.load()
  io.stdout(`${summary.zh} / ${summary.en}\n`)
  for (const line of usage) {
    const own = words?.get(line) ?? null
    io.stdout(`  etc-lane ${line}\n${own === null ? '' : `      ${own.zh} / ${own.en}\n`}`)
  }
  return 0
}

const couldNotRun = 2

/** Commands that continue when nobody reads their output any more: a lane must not end with a terminal. */
const services: readonly string[] = ['run', 'billing', 'demo', 'centre']

/**
 * Handles a closed output pipe: a service ignores it, like a full disk or a closed terminal; a command ends, because
 * nobody reads its answer.
 */
function onClosedOutput(name: string): void {
  for (const out of [process.stdout, process.stderr])
    out.on('error', (error: NodeJS.ErrnoException) => {
      if (services.includes(name)) return
      if (error.code !== 'EPIPE') throw error
      process.exit(0)
    })
}

/** Runs one command line; never throws for an external fault. */
export async function runProgram(
  argv: readonly string[],
  commands: readonly CommandEntry[],
): Promise<number> {
  const [first = 'help', ...rest] = argv
  const name = ['--version', '-V'].includes(first) ? 'version' : first
  const json = rest.includes('--json')
  onClosedOutput(name)
  const io: CliIo = {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    json,
    onStop,
    atRest,
  }
  try {
    if (['help', '--help', '-h'].includes(name)) return help(commands, io)
    const entry = commands.find((c) => c.name === name)
    if (entry === undefined) throw wrongFlag('', t(`没有命令 ${name}`, `no command ${name}`), name)
    if (rest.some((arg) => arg === '--help' || arg === '-h')) return await helpOf(entry, io)
    const command = await entry.load()
    return await command.run(
      rest.filter((arg) => arg !== '--json'),
      io,
    )
  } catch (error) {
    if (!(error instanceof LaneFault) && !isDiskError(error)) throw error
    const file = error instanceof LaneFault ? '' : (error.path ?? '')
    const fault = diskFault(error, { file }, 'FILE-01')
    // A supervisor reads the output of a service, so a service always prints JSON.
    if (json || services.includes(name)) io.stdout(`${JSON.stringify(faultJson(fault))}\n`)
    io.stderr(`${faultText(fault)}\n`)
    return name === 'run' || name === 'billing' ? exitOfRun(fault, couldNotRun) : couldNotRun
  }
}
