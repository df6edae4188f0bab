// The window's calls, registered by one loop over the API table; the sender of each is checked.
// The window numbers its streams, which end with it.
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { appOrigin } from './app-protocol.ts'
import { callNames, checkCall, isCount, isStream } from './call-check.ts'
import { badCallReply, type RuntimeLink } from './runtime-link.ts'
import { WindowSeat } from './window-seat.ts'

const streamsMax = 16

/** Whether the sender is the top frame of our own page; a removed frame is refused. */
export const isOurs = ({ senderFrame }: IpcMainInvokeEvent | IpcMainEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && senderFrame.origin === appOrigin

export function serveWindow(link: RuntimeLink): void {
  const seat = new WindowSeat(link)
  for (const name of callNames) {
    ipcMain.handle(`lane/${name}`, (event, args: unknown) => {
      if (!isOurs(event)) return badCallReply('sender', 'otherWindow')
      const checked = checkCall(name, args)
      return checked.ok ? seat.call(name, checked.args) : checked.reply
    })
  }
  const ends = new Map<WebContents, Map<number, () => void>>()
  const watched = new WeakSet<WebContents>()
  const endAll = (sender: WebContents): void => {
    for (const end of ends.get(sender)?.values() ?? []) end()
    ends.delete(sender)
  }
  ipcMain.on('lane-subscribe', (event, id: unknown, stream: unknown, sinceSeq: unknown) => {
    if (!isOurs(event) || !isCount(id) || !isStream(stream) || !isCount(sinceSeq)) return
    const { sender } = event
    if (!watched.has(sender)) {
      watched.add(sender)
      sender.once('destroyed', () => endAll(sender))
      sender.on('did-navigate', () => endAll(sender))
    }
    const own = ends.get(sender) ?? new Map<number, () => void>()
    ends.set(sender, own)
    if (own.size >= streamsMax || own.has(id)) return
    own.set(
      id,
      seat.subscribe(stream, sinceSeq, (item) => {
        if (!sender.isDestroyed()) sender.send('lane-item', id, item)
      }),
    )
  })
  ipcMain.on('lane-unsubscribe', (event, id: unknown) => {
    if (!isOurs(event) || !isCount(id)) return
    ends.get(event.sender)?.get(id)?.()
    ends.get(event.sender)?.delete(id)
  })
}
