// The TCP side of a simulated camera, whatever it is the model of: clients to the model, and what it
// puts out to the wire and to the books. Cameras with and without a gate stand behind it.
import { LaneFault } from '../../../core/values/faults.ts'
import type { AdminRoutes } from '../../shell/admin.ts'
import { ModelDriver, nowUs, type DrivenModel } from '../../shell/driver.ts'
import { openSimLink } from '../../shell/link.ts'
import type { RunningSim, SimContext } from '../../shell/process.ts'

export type ServedOutput<Row extends object> =
  | {
      readonly atUs: number
      readonly do: 'send'
      readonly client: number
      readonly bytes: Uint8Array
    }
  | { readonly atUs: number; readonly do: 'hangUp'; readonly client: number }
  | { readonly atUs: number; readonly do: 'unplug'; readonly ms: number }
  | { readonly atUs: number; readonly do: 'row'; readonly row: Row }

type Outputs<Row extends object> = readonly ServedOutput<Row>[]

interface ServedModel<Row extends object> extends DrivenModel<ServedOutput<Row>> {
  /** What it has to say of requests; taken out as it is noted. */
  readonly notes: string[]
  up(client: number, atUs: number): Outputs<Row>
  bytes(client: number, chunk: Uint8Array, atUs: number): Outputs<Row>
  down(client: number, atUs: number): Outputs<Row>
  state(): Record<string, unknown>
}

interface TcpSide<Row extends object> {
  readonly driver: ModelDriver<ServedOutput<Row>>
  /** `booksPage`: absent, the state. */
  running(routes: AdminRoutes, booksPage?: RunningSim['booksPage']): RunningSim
}

export const membersOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}

/** Throws ARG-01 where it shall listen on what is no TCP. */
export async function openTcpSide<Row extends object>(
  { args, books, journal, failed }: SimContext,
  model: ServedModel<Row>,
): Promise<TcpSide<Row>> {
  if (args.listen?.kind === 'pty' || args.listen?.kind === 'https')
    throw new LaneFault('ARG-01', { field: '--listen', note: 'tcp:// or http:// is wanted' })
  const address = args.listen === null ? null : ({ ...args.listen, kind: 'tcp' } as const)
  const link = await openSimLink(address, {
    up: (client) => driver.out(model.up(client, nowUs())),
    bytes: (chunk, client) => driver.out(model.bytes(client, chunk, nowUs())),
    down: (client) => driver.out(model.down(client, nowUs())),
    failed,
  })
  const driver = new ModelDriver<ServedOutput<Row>>(model, (outputs) => {
    for (const text of model.notes.splice(0)) journal.note('in', text)
    for (const output of outputs) {
      if (output.do === 'send') link.send(output.bytes, output.client)
      else if (output.do === 'hangUp') link.hangUp(output.client)
      else if (output.do === 'unplug') link.unplug(output.ms)
      else books.books.append(output.row).catch(failed)
    }
  })
  const state = (): Record<string, unknown> => {
    driver.catchUp()
    const { url, bytesIn, bytesOut } = link
    return { ...model.state(), link: { url, bytesIn, bytesOut } }
  }
  return {
    driver,
    running: (routes, booksPage = state) => ({
      endpoints: { link: link.url },
      state,
      booksPage,
      routes,
      async stop() {
        driver.stop()
        await link.close()
      },
    }),
  }
}
