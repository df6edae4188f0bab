// `etc-lane rsu save|send`: saves the frames of a lane's antenna to a file, and sends one of the safe frames. The safe
// frames are a list (devices/pure/rsu/safe-frames.ts); money and settings have commands of their own.
import { randomUUID } from 'node:crypto'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LoggedDevice } from '#base/pure/lot/logged-device.ts'
import { BenchRsu, benchFolder } from '../bench/bench-rsu.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { importsOf, mustBePlace } from './rsu-settings.ts'
import { act, printed, type Exit } from '#base/desk/commands/acts.ts'
import { needed } from '#base/commands/command.ts'

interface Saving {
  readonly data: string
  readonly lane: string
  readonly format: 'capture' | 'pcapng' | undefined
  readonly device: LoggedDevice
}

/** For any device of the lane whose frames can be viewed. */
export async function saveFrames({
  data,
  lane: laneId,
  format = 'capture',
  device,
}: Saving): Promise<Exit> {
  const client = runningClient(folderOf(data))
  const saved = await client.call('device.saveFrames', { laneId, device, format })
  return printed({ ok: true, ...saved })
}

export const save = act(['rsu save --data DIR --lane ID [--format capture|pcapng]'], (values) =>
  saveFrames({ ...values, device: 'rsu' }),
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
  async (values) => {
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
      return printed({ ...(await client.call('device.sendFrame', args)), commandId })
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
      return printed({ ok: true })
    } finally {
      bench.close()
    }
  },
)
