// A byte link through a camera: up while the camera is connected.
// One opening is one attempt, as for every link; the camera reconnects by itself.
import type { DownText } from '#base/pure/words/notes.ts'
import type { ByteLink, ByteLinkHandlers } from '../ports/byte-link.ts'
import type { SerialPassthrough } from '../ports/serial-passthrough.ts'

export function openPassthroughLink(
  camera: SerialPassthrough | null,
  handlers: ByteLinkHandlers,
): ByteLink {
  const counts = { bytesIn: 0, bytesOut: 0 }
  let state: 'waiting' | 'up' | 'over' = 'waiting'
  const undo: (() => void)[] = []
  const end = (reason: DownText): void => {
    if (state === 'over') return
    state = 'over'
    for (const step of undo) step()
    handlers.down(reason)
  }
  const changed = (up: boolean, reason: DownText | ''): void => {
    if (!up) end(reason === '' ? 'closed' : reason)
    else if (state === 'waiting') {
      state = 'up'
      handlers.up()
    }
  }
  // Reported in a later loop turn, after the caller has received the link.
  setImmediate(() => {
    if (state === 'over') return
    if (camera === null) {
      end('passesNoBytes')
      return
    }
    undo.push(
      camera.onBytes((bytes) => {
        if (state !== 'up') return
        counts.bytesIn += bytes.length
        handlers.bytes(bytes)
      }),
    )
    const stop = camera.onChange(changed)
    if (state === 'waiting' || state === 'up') undo.push(stop)
    else stop()
  })
  return Object.assign(counts, {
    send(bytes: Uint8Array) {
      if (state !== 'up' || camera === null) return
      counts.bytesOut += bytes.length
      camera.send(bytes)
    },
    close() {
      setImmediate(() => end('closedHere'))
    },
  })
}
