// A fault in downloaded data: one line with field, value and reason, the same in the log and on the screen; reported
// once while it lasts, and a silent platform only after three tries.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'

export function dutyNote({ detail: { field, value, note = '' } }: LaneFault): BilingualText {
  const { zh, en } = typeof note === 'string' ? t(note, note) : note
  const line = (why: string): string =>
    [field, value, why].filter((one) => (one ?? '') !== '').join(' ')
  return t(line(zh), line(en))
}

const dutyTrace = (fault: LaneFault): string => `${fault.code} ${dutyNote(fault).en}`.trim()

/** People are informed after this many tries. */
const lastingTries = 3

/** Faults of one download: a fault lasts until an answer is accepted, or another fault replaces it. */
export class DownloadFault {
  private readonly trace: (text: string) => void
  private tries = 0
  private fault: LaneFault | null = null

  constructor(trace: (text: string) => void) {
    this.trace = trace
  }

  notices(): readonly LaneFault[] {
    return this.fault === null ? [] : [this.fault]
  }

  /** An answer was accepted. */
  over(): void {
    this.tries = 0
    this.fault = null
  }

  missed(fault: LaneFault): void {
    if (++this.tries >= lastingTries) this.failed(fault)
  }

  failed(fault: LaneFault): void {
    const text = dutyTrace(fault)
    const isNews = this.fault === null || dutyTrace(this.fault) !== text
    this.fault = fault
    if (isNews) this.trace(text)
  }
}
