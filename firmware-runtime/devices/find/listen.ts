// Opens a link once, listens, queries each variant, and reports what was received. It sets nothing:
// devices/pure/rsu/probe/ask.ts lists everything that a probe may send.
import type { FoundDeviceView, SpeedView } from '../calls/find-views.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { allAsks } from '../pure/rsu/probe/ask.ts'
import { echoed, freshEar, hear, variantReceived, type Ear } from '../pure/rsu/probe/ear.ts'
import { answerMs, lastAnswerMs, listenMs } from '../pure/rsu/probe/plan.ts'
import { swappedHeads } from '../pure/rsu/probe/swapped.ts'
import { identityOf } from '../pure/rsu/driver-values.ts'
import type { FrameValue } from '../pure/rsu/table-types.ts'
import type { RsuVariantId } from '../pure/rsu/variants.ts'
import type { ByteLink, LinkOpener } from '../ports/byte-link.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'

export interface ListenPorts {
  readonly opener: LinkOpener
  readonly mono: MonoClock
  readonly clock: WallClock
}

export interface ListenResult {
  readonly view: SpeedView
  readonly variant: RsuVariantId | null
  readonly identity: FoundDeviceView['identity']
  /** The device status (B0), decoded. */
  readonly status: FrameValue | null
}

/** Enough to recognise the kind of bytes. */
const sampleShownBytes = 64

function identity(status: FrameValue | null): ListenResult['identity'] {
  if (status === null) return null
  const { rsuId, manufacturer, softwareVersion } = identityOf(status, [])
  return { rsuId, manufacturer, softwareVersion, status: String(status['status'] ?? '') }
}

function listenResultOf(
  ear: Ear,
  baud: number | null,
  opened: boolean,
  reason: string,
): ListenResult {
  const variant = variantReceived(ear)
  const best = variant === null ? null : ear.heard[variant]
  const status = best?.status ?? null
  return {
    variant,
    identity: identity(status),
    status,
    view: {
      baud,
      opened,
      reason,
      bytes: ear.bytes,
      framed: best?.framed ?? 0,
      zeros: ear.zeros,
      variant,
      codes: best?.codes ?? [],
      invertedHeads: variant === null ? swappedHeads(ear.sample) : 0,
      echo: echoed(ear),
      sampleHex: hexOf(ear.sample.slice(0, sampleShownBytes)),
    },
  }
}

interface ListenOptions {
  readonly url: string
  readonly baud: number | null
  readonly signal: AbortSignal
  /** Wait after the last query, ms. */
  readonly patienceMs?: number
}

/** Listens at one speed until a variant is certain, all queries were sent, or the link ended. */
export function listenAt(
  outside: ListenPorts,
  { url, baud, signal, patienceMs = lastAnswerMs }: ListenOptions,
): Promise<ListenResult> {
  const { promise, resolve } = Promise.withResolvers<ListenResult>()
  let ear = freshEar
  let [opened, over] = [false, false]
  let cancel: () => void = () => undefined
  const end = (reason: string): void => {
    if (over) return
    over = true
    cancel()
    signal.removeEventListener('abort', stop)
    link.close()
    downReason = reason
    if (isDown) resolve(listenResultOf(ear, baud, opened, downReason))
  }
  let downReason = ''
  let isDown = false
  const stop = (): void => end('cancelled')
  const asks = [...allAsks()]
  const step = (): void => {
    const ask = asks.shift()
    if (ask === undefined) {
      end('')
      return
    }
    link.send(ask.bytes)
    cancel = outside.mono.after(asks.length === 0 ? patienceMs : answerMs, step)
  }
  const link: ByteLink = outside.opener.open(url, {
    up() {
      opened = true
      cancel = outside.mono.after(listenMs, step)
    },
    bytes(chunk) {
      if (over) return
      ear = hear(ear, chunk)
      if (variantReceived(ear) !== null) end('')
    },
    // After this the port is free, and the next speed can open it.
    down(reason) {
      isDown = true
      cancel()
      signal.removeEventListener('abort', stop)
      resolve(listenResultOf(ear, baud, opened, over ? downReason : reason))
      over = true
    },
  })
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop)
  return promise
}
