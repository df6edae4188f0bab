// A lot after each of the five drawings of 7.1, an entry and an exit, with the devices that its clauses require:
// what the window makes of its clicks, and what a runtime opens. All addresses are invented.
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { laneOf } from '#lane/pure/layouts/index.ts'
import { present } from '#base/pure/values/must.ts'
import { wholeDraft } from './setup-kit.ts'

export const ways = ['entry', 'exit'] as const
type Way = (typeof ways)[number]
const deviceKinds = ['rsu', 'barrier', 'display'] as const

interface Site {
  /** The address of every device; each has its own port. */
  readonly host: string
  /** The local network interface that cameras push to. */
  readonly intake: { readonly host: string; readonly port: number; readonly cameras: string[] }
}

const firstPort = { entry: 5020, exit: 5030 } as const

/** The links of the devices that the clauses require for a lane. */
export function linksOf(layout: string, way: Way, host: string) {
  const { devices } = present(laneOf(layout, way), `${layout} ${way}`)
  return deviceKinds.flatMap((kind, at) =>
    typeof devices[kind] === 'string'
      ? [{ kind, link: `tcp://${host}:${firstPort[way] + at}` }]
      : [],
  )
}

export function layoutDraft(layout: string, { host, intake }: Site): SetupDraft {
  const lane = (way: Way) => ({
    camera: 'push:hikvision',
    barrier: '',
    display: '',
    rsu: '',
    psams: [],
    ordersFrom: '',
    cameraTimeless: null,
    ...Object.fromEntries(linksOf(layout, way, host).map(({ kind, link }) => [kind, link])),
  })
  const name = { entry: '入口', exit: '出口' } as const
  return {
    ...wholeDraft,
    lot: {
      ...wholeDraft.lot,
      lanes: ways.map((way) => ({ id: way, layout, direction: way, name: name[way] })),
    },
    devices: { lanes: { entry: lane('entry'), exit: lane('exit') }, intake },
  }
}
