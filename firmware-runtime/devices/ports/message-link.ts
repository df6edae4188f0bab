// A way on which whole messages come: a subscription at a broker, or pushes to this machine.
// One opening is one attempt; opening again after `down` is the host's decision.
import type { DownText } from '#base/pure/words/notes.ts'

export interface MessageLinkHandlers {
  up(): void
  message(topic: string, bytes: Uint8Array): void
  /** Called exactly once when it ends or never came up. `reason`: a note, or what the system says. */
  down(reason: DownText): void
}

export interface MessageLink {
  close(): void
}

export interface MessageLinkOpener {
  open(handlers: MessageLinkHandlers): MessageLink
}
