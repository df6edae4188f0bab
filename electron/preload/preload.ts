// The bridge into the sandboxed window: one typed client with the fixed call names of the API table.
// There is no generic channel: a name that is not in the table does not reach the main process.
import { contextBridge, ipcRenderer } from 'electron'
import * as ofDesktop from '#runtime/api/desktop.ts'
import { pickChannel, type PickClient } from '#runtime/api/pick.ts'
import { savesChannel, type SavesClient } from '#runtime/api/saves.ts'
import * as ofStart from '#runtime/api/start.ts'
import type { LaneClient, StreamItem, StreamName } from '#runtime/api/table.ts'
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

let carried: (progress: ofStart.CarryProgress) => void = () => undefined
ipcRenderer.on(ofStart.carriedChannel, (_event, progress: ofStart.CarryProgress) =>
  carried(progress),
)

const start: ofStart.StartClient = {
  choose: (what, dir) => ipcRenderer.invoke(ofStart.startChannel, what, dir),
  known: () => ipcRenderer.invoke(ofStart.knownChannel),
  nearby: () => ipcRenderer.invoke(ofStart.nearbyChannel),
  centreDemo: () => ipcRenderer.invoke(ofStart.centreDemoChannel),
  restore: (wish) => ipcRenderer.invoke(ofStart.restoreChannel, wish),
  fetchBack: (wish) => ipcRenderer.invoke(ofStart.fetchBackChannel, wish),
  look: (to) => ipcRenderer.invoke(ofStart.lookChannel, to),
  carry: (wish, onProgress) => (
    (carried = onProgress),
    ipcRenderer.invoke(ofStart.carryChannel, wish)
  ),
  stopCarry: () => ipcRenderer.invoke(ofStart.stopCarryChannel),
}
const pick: PickClient = { path: (kind) => ipcRenderer.invoke(pickChannel, kind) }
const saves: SavesClient = { ended: (url) => ipcRenderer.invoke(savesChannel, url) }
const desktop: ofDesktop.DesktopClient = {
  atLogin: () => ipcRenderer.invoke(ofDesktop.atLoginChannel),
  setAtLogin: (open) => ipcRenderer.invoke(ofDesktop.setAtLoginChannel, open),
  hide: () => ipcRenderer.invoke(ofDesktop.hideChannel),
}
for (const [name, client] of Object.entries({ lane, start, pick, saves, desktop }))
  contextBridge.exposeInMainWorld(name, client)
