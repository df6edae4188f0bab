// Reminds of the yearly drill among the notices of a running lot (K.1-9): from a month before it is due, and while it
// is late.
// The folder is read every ten minutes.
import type { CodedFault } from '#base/calls/rows.ts'
import { codedFault } from '#base/process/api-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { drillDue } from './papers-file.ts'

const everyUs = 600_000_000

export class DrillWatch {
  private readonly dir: string
  private readonly mono: Pick<MonoClock, 'nowUs'>
  private said: readonly CodedFault[] = []
  private lookedAtUs: number | null = null

  constructor(dir: string, mono: Pick<MonoClock, 'nowUs'>) {
    this.dir = dir
    this.mono = mono
  }

  notices(): readonly CodedFault[] {
    const nowUs = this.mono.nowUs()
    if (this.lookedAtUs === null || nowUs - this.lookedAtUs >= everyUs) {
      this.lookedAtUs = nowUs
      this.said = this.look()
    }
    return this.said
  }

  private look(): readonly CodedFault[] {
    try {
      return drillDue(this.dir).map(({ text }) => codedFault('PAPER-03', text))
    } catch (error) {
      // Unreadable papers are reported; lanes go on.
      if (error instanceof LaneFault) return [codedFault(error.code, error.detail.file ?? '')]
      throw error
    }
  }
}
