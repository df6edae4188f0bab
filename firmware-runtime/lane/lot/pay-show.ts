// The payment part of a lane's display: the code, or a text in its place. Sent once for each change; `shownCode` is the
// last one sent.
import { payTextBytesMax, type DisplayCommand } from '#devices/pure/lane/display.ts'
import { codeText, pageOf, type DriverText } from '#devices/pure/lane/driver-text.ts'
import type { Fen } from '#base/pure/values/fen.ts'

/** A code that a driver may scan now. */
export interface PayCode {
  readonly text: string
  readonly amountFen: Fen
}

export interface ShownLane {
  readonly state: { readonly shown: DriverText }
  readonly devices: { readonly display: { send(command: DisplayCommand): void } | null }
  shownCode: string | null
}

/** `words`: text in the place of a code; without both the lane's own text. */
export function showPay(lane: ShownLane, words: DriverText | null, code: PayCode | null): void {
  const key = words?.zh ?? code?.text ?? null
  if (lane.shownCode === key) return
  lane.shownCode = key
  const { display } = lane.devices
  if (words !== null || code === null)
    return display?.send({ do: 'show', page: pageOf(words ?? lane.state.shown) })
  const { text: url, amountFen } = code
  const page = pageOf(codeText(amountFen))
  // A code that was cut would have another meaning.
  if (Buffer.byteLength(url) > payTextBytesMax) return display?.send({ do: 'show', page })
  display?.send({ do: 'showPay', page, url, amountFen, forMs: 0 })
}
