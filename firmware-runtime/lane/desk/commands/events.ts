// `etc-lane events --data DIR [--follow] [--since SEQ]`: events as JSON Lines. First those on disk, then those that a
// runtime still has in memory, then new ones.
import { t } from '#base/pure/words/fault-text.ts'
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventFileNames } from '#ledger/files/event-file.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { clientOf, folderOf, type RuntimeClient } from '#base/desk/commands/client.ts'
import { act, commandOf } from '#base/desk/commands/acts.ts'
import type { CliIo } from '#base/commands/command.ts'

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

/** A stream sends its backlog at once; this long without an item means that it is up to date. */
const quietMs = 250

class Printer {
  lastSeq: number
  private readonly io: CliIo

  constructor(io: CliIo, since: number) {
    this.io = io
    this.lastSeq = since
  }

  put(event: { readonly seq: number }, dropped = 0): void {
    if (event.seq <= this.lastSeq) return
    this.lastSeq = event.seq
    if (dropped > 0) this.io.stdout(line({ event: 'dropped', count: dropped }))
    this.io.stdout(line(event))
  }
}

async function printFile(file: string, printer: Printer): Promise<void> {
  if (!existsSync(file)) return
  for await (const text of createInterface({ input: createReadStream(file) })) {
    // A power cut may have cut the last line.
    if (!/^\{"seq":\d+,.*\}$/.test(text)) continue
    printer.put(JSON.parse(text) as { seq: number })
  }
}

async function printLive(
  client: RuntimeClient,
  printer: Printer,
  follow: boolean,
  stopped: Promise<void>,
): Promise<void> {
  let atMs = performance.now()
  const stream = client.stream('events', printer.lastSeq, (item) => {
    atMs = performance.now()
    printer.put(item.data, item.dropped)
  })
  const quiet = async (): Promise<void> => {
    while (performance.now() - atMs < quietMs) await sleep(quietMs / 5)
  }
  await Promise.race(follow ? [stream.ended, stopped] : [stream.ended, stopped, quiet()])
  stream.end()
}

const events = act(
  ['events --data DIR [--follow] [--since N]'],
  async ({ data, follow, since = 0 }, io) => {
    const dir = folderOf(data)
    if (!existsSync(dir))
      throw new LaneFault('FILE-01', {
        file: dir,
        note: t('没有这个文件夹', 'there is no such folder'),
      })
    const printer = new Printer(io, since)
    const stop = Promise.withResolvers<void>()
    io.onStop(() => stop.resolve())
    const ready = { event: 'ready', apiVersion: 1, pid: process.pid, endpoints: {} }
    io.stdout(line(ready))
    const { before, now } = eventFileNames(dir)
    await printFile(before, printer)
    await printFile(now, printer)
    const client = clientOf(dir)
    if (client !== null) await printLive(client, printer, follow, stop.promise)
    return 0
  },
)

export const eventsCommand = commandOf('events', [events])
