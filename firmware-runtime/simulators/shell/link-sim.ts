// A simulated device behind a link: bytes to its model and back, its faults, and the common routes of such devices.
// Further parts of a device are in its own file.
import type { AdminRoutes } from './admin.ts'
import { ModelDriver, nowUs, type DrivenModel } from './driver.ts'
import { faultRoutes } from './fault-routes.ts'
import type { FaultEngine, FaultRule } from './faults.ts'
import { openSimLink } from './link.ts'
import type { RunningSim, SimContext } from './process.ts'

type LinkOutput =
  | { readonly do: 'send'; readonly bytes: Uint8Array; readonly client?: number }
  | { readonly do: 'hangUp'; readonly client: number }
  | { readonly do: 'reboot' | 'unplug'; readonly ms: number }
  | { readonly do: 'row'; readonly row: unknown }

interface LinkModel<Output extends LinkOutput> extends DrivenModel<Output> {
  onBytes(bytes: Uint8Array, atUs: number, client: number): readonly Output[]
  linkUp?(client: number, atUs: number): void
  linkDown(client: number, atUs: number): void
  /** Notes about requests; the reader empties the list. */
  readonly notes?: string[]
  readonly faults: FaultEngine
  act(action: FaultRule, atUs: number): readonly Output[]
  mend(): void
  state(): Record<string, unknown>
}

interface LinkSimParts {
  /** Text of bytes for the journal; absent: they are not kept. */
  readonly shown?: (bytes: Uint8Array) => string
  /** State members beside those of the model. */
  readonly more?: () => Record<string, unknown>
  /** True: the link is opened only on request. */
  readonly optional?: true
  /** True for a serial server in front: the link stays open when the device behind loses power. */
  readonly keepsLink?: true
  /** Where faults of the whole device are checked; absent: `link`. */
  readonly place?: string
  /** Rows of its store, besides the store file. */
  readonly row?: (row: unknown) => void
}

export interface LinkSim<Output> {
  /** Passes on outputs of a model call. */
  out(outputs: readonly Output[]): void
  /** Changes the model after bringing it to the present, and returns its state. */
  set(change: () => void): Record<string, unknown>
  /** The running simulator, with the routes of this device. */
  running(routes: AdminRoutes, own?: Partial<RunningSim>): RunningSim
}

export async function openLinkSim<Output extends LinkOutput>(
  { args, store, journal, failed }: SimContext,
  model: LinkModel<Output>,
  { shown, more, optional, keepsLink, place = 'link', row }: LinkSimParts = {},
): Promise<LinkSim<Output>> {
  const note = (way: 'in' | 'out', bytes: Uint8Array): void => {
    if (shown !== undefined) journal.note(way, shown(bytes))
  }
  const isAbsent = optional === true && args.listen === null
  const link = isAbsent
    ? null
    : await openSimLink(args.listen, {
        up(client) {
          journal.note('note', `client ${client} came`)
          // The single client of a pty exists before the driver does.
          if (model.linkUp === undefined) return
          model.linkUp(client, nowUs())
          driver.catchUp()
        },
        bytes(chunk, client) {
          note('in', chunk)
          driver.out(model.onBytes(chunk, nowUs(), client))
        },
        down(client) {
          model.linkDown(client, nowUs())
          driver.catchUp()
        },
        failed,
      })
  const driver = new ModelDriver<Output>(model, (outputs) => {
    for (const text of model.notes?.splice(0) ?? []) journal.note('in', text)
    for (const output of outputs) {
      if (output.do === 'send') {
        note('out', output.bytes)
        link?.send(output.bytes, output.client)
      } else if (output.do === 'hangUp') link?.hangUp(output.client)
      else if (output.do === 'row') {
        row?.(output.row)
        store.writer.append(output.row).catch(failed)
      } else if (output.do === 'unplug' || keepsLink !== true) link?.unplug(output.ms)
    }
  })
  const set = (change: () => void): Record<string, unknown> => {
    driver.catchUp()
    change()
    driver.catchUp()
    const { url = null, bytesIn = 0, bytesOut = 0 } = link ?? {}
    return { ...model.state(), ...more?.(), link: { url, bytesIn, bytesOut } }
  }
  const state = (): Record<string, unknown> => set(() => undefined)
  return {
    set,
    out: (outputs) => driver.out(outputs),
    running: (routes, own = {}) => ({
      state,
      storePage: state,
      ...own,
      endpoints: { ...(link === null ? {} : { link: link.url }), ...own.endpoints },
      routes: { ...routes, ...faultRoutes(place, model, driver, state) },
      async stop() {
        driver.stop()
        await own.stop?.()
        await link?.close()
      },
    }),
  }
}
