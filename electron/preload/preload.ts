// The bridge into the sandboxed window: one typed client with the fixed call names of the API table.
// There is no generic channel: a name that is not in the table does not reach the main process.
import { contextBridge, ipcRenderer } from 'electron'
import { pickChannel, type PickClient } from '../../firmware-runtime/api/pick.ts'
import { savesChannel, type SavesClient } from '../../firmware-runtime/api/saves.ts'
import {
  carriedChannel,
  carryChannel,
  knownChannel,
  nearbyChannel,
  lookChannel,
  restoreChannel,
  startChannel,
  stopCarryChannel,
  type CarryProgress,
  type StartClient,
} from '../../firmware-runtime/api/start.ts'
import type { LaneClient, StreamItem, StreamName } from '../../firmware-runtime/api/table.ts'
import { callNames } from 'virtual:calls'

const streams: Readonly<Record<StreamName, true>> = { board: true, events: true, measuring: true }

let lastId = 0
const takers = new Map<number, (item: StreamItem) => void>()
ipcRenderer.on('lane-item', (_event, id: number, item: StreamItem) => takers.get(id)?.(item))

const lane: LaneClient = {
  call: (name, args) => {
    if (!callNames.includes(name)) return Promise.reject(new TypeError('no such call'))
    return ipcRenderer.invoke(`lane/${name}`, args)
  },
  subscribe: (stream, sinceSeq, take) => {
    if (!Object.hasOwn(streams, stream)) throw new TypeError('no such stream')
    const id = ++lastId
    takers.set(id, take as (item: StreamItem) => void)
    ipcRenderer.send('lane-subscribe', id, stream, sinceSeq)
    return () => {
      takers.delete(id)
      ipcRenderer.send('lane-unsubscribe', id)
    }
  },
}

let carried: (progress: CarryProgress) => void = () => undefined
ipcRenderer.on(carriedChannel, (_event, progress: CarryProgress) => carried(progress))

const start: StartClient = {
  choose: (what, dir) => ipcRenderer.invoke(startChannel, what, dir),
  known: () => ipcRenderer.invoke(knownChannel),
  nearby: () => ipcRenderer.invoke(nearbyChannel),
  restore: (wish) => ipcRenderer.invoke(restoreChannel, wish),
  look: (to) => ipcRenderer.invoke(lookChannel, to),
  carry: (wish, onProgress) => ((carried = onProgress), ipcRenderer.invoke(carryChannel, wish)),
  stopCarry: () => ipcRenderer.invoke(stopCarryChannel),
}
const pick: PickClient = { path: (kind) => ipcRenderer.invoke(pickChannel, kind) }
const saves: SavesClient = { ended: (url) => ipcRenderer.invoke(savesChannel, url) }
for (const [name, client] of Object.entries({ lane, start, pick, saves }))
  contextBridge.exposeInMainWorld(name, client)
