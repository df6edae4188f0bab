// `etc-lane rsu save|send`: saves the frames of a lane's antenna to a file, and sends one of the safe frames. The safe
// frames are a list (devices/rsu/safe-frames.ts); money and settings have commands of their own.
import { randomUUID } from 'node:crypto'
import { LaneFault } from '../core/faults/faults.ts'
import type { LoggedDevice } from '../core/values/logged-device.ts'
import { BenchRsu, benchFolder } from '../runtime/bench/bench-rsu.ts'
import { folderOf, jsonText, runningClient } from './client.ts'
import { importsOf, mustBePlace } from './rsu-settings.ts'
import { act } from './acts.ts'
import { needed, type CliIo } from './command.ts'

interface Saving {
  readonly data: string
  readonly lane: string
  readonly format: 'capture' | 'pcapng' | undefined
  readonly device: LoggedDevice
}

/** For any device of the lane whose frames can be viewed. */
export async function saveFrames(
  { data, lane: laneId, format = 'capture', device }: Saving,
  io: CliIo,
): Promise<number> {
  const client = runningClient(folderOf(data))
  const saved = await client.call('device.saveFrames', { laneId, device, format })
  io.stdout(jsonText({ ok: true, ...saved }, io.json))
  return 0
}

export const save = act(['rsu save --data DIR --lane ID [--format capture|pcapng]'], (values, io) =>
  saveFrames({ ...values, device: 'rsu' }, io),
)

function fieldsOf(words: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const word of words) {
    const [, name = '', text = ''] = /^([a-zA-Z][a-zA-Z0-9]{0,39})=([0-9A-Fa-f]+)$/.exec(word) ?? []
    if (name === '')
      throw new LaneFault('ARG-01', { field: '--field', value: word, note: 'NAME=HEX' })
    fields[name] = text.toUpperCase()
  }
  return fields
}

export const sendByHand = act(
  [
    'rsu send (--link URL [--state DIR] | --data DIR --lane ID) --code CC [--field NAME=HEX ...] --by NAME --reason TEXT',
  ],
  async (values, io) => {
    mustBePlace(values)
    const code = values.code.toUpperCase()
    const fields = fieldsOf(values.field)
    const { by, reason } = values
    const who = { by, reason }
    if (values.link === undefined) {
      const client = runningClient(folderOf(values.data))
      const laneId = needed(values.lane, 'lane')
      const commandId = randomUUID()
      const args = { laneId, device: 'rsu', code, fields, commandId, ...who } as const
      io.stdout(jsonText({ ...(await client.call('device.sendFrame', args)), commandId }, io.json))
      return 0
    }
    const bench = await BenchRsu.open(values.link, values.state ?? benchFolder(), {
      mustBeMet: true,
      imports: importsOf(values),
    })
    try {
      const result = bench.handle.protocol.ask(code, fields)
      if (result === 'refused') throw new LaneFault('WIRE-02', { field: '--code', value: code })
      if (result !== 'sent')
        throw new LaneFault('WIRE-03', { field: '--code', value: code, note: result })
      io.stdout(jsonText({ ok: true }, io.json))
    } finally {
      bench.close()
    }
    return 0
  },
)
