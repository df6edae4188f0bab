// All frames of this driver in one table.
// Frames are recognised by command and direction: no two rows share both.
import { acks } from './ack.ts'
import { connect, connected, setBrightness, setClock, setReplies, setVolume } from './care.ts'
import { payPage } from './pay.ts'
import type { DisplayTable } from './table.ts'
import { showLine, showPage, speak } from './words.ts'

export const displayTables: readonly DisplayTable[] = [
  connect,
  connected,
  setClock,
  setBrightness,
  setVolume,
  setReplies,
  showLine,
  showPage,
  speak,
  payPage,
  ...acks,
]
