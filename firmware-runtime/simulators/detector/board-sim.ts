// The contact board as a process: Modbus TCP, or RTU on a pty or in a plain TCP stream.
// Contacts and faults come by the admin side: `POST /inputs {"2": true}`.
import { hexOf } from '../../core/values/bytes.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { ModelDriver, nowUs } from '../shell/driver.ts'
import { openSimLink } from '../shell/link.ts'
import type { RunningSim, SimContext } from '../shell/process.ts'
import { ContactBoard, type BoardOutput } from './board.ts'

export async function startBoard(context: SimContext, wire: 'tcp' | 'rtu'): Promise<RunningSim> {
  const { args, faults, journal } = context
  if (args.listen?.kind === 'pty' && wire === 'tcp')
    throw new LaneFault('ARG-01', { field: '--listen', note: 'Modbus TCP needs tcp://' })
  const model = new ContactBoard({ seed: args.seed, wire, faults })
  const link = await openSimLink(args.listen, {
    up: (client) => journal.note('note', `client ${client} came`),
    bytes(chunk, client) {
      journal.note('in', hexOf(chunk))
      driver.out(model.onBytes(chunk, nowUs(), client))
    },
    down: (client) => model.linkDown(client),
    failed: context.failed,
  })
  const driver = new ModelDriver<BoardOutput>(model, (outputs) => {
    for (const output of outputs) {
      if (output.do === 'send') {
        journal.note('out', hexOf(output.bytes))
        link.send(output.bytes, output.client)
      } else if (output.do === 'hangUp') link.hangUp(output.client)
      else link.unplug(output.ms)
    }
  })
  const state = (): Record<string, unknown> => {
    driver.catchUp()
    const { url, bytesIn, bytesOut } = link
    return { ...model.state(), link: { url, bytesIn, bytesOut } }
  }
  return {
    endpoints: { link: link.url },
    state,
    booksPage: state,
    routes: {
      'POST /inputs': ({ body }) => {
        model.set(body)
        return state()
      },
      'POST /act': ({ body }) => {
        const given = typeof body === 'object' ? body : null
        const action = faults.check({ ...given, at: 'link', when: 'before' })
        driver.out(model.act(action, nowUs()))
        return state()
      },
      'DELETE /faults': () => {
        faults.clear()
        model.mend()
        return { faults: [] }
      },
    },
    async stop() {
      driver.stop()
      await link.close()
    },
  }
}
