// A scripted lot whose page waits on timers that the test advances; frames and promises stay real.
import { vi } from 'vitest'
import { ScriptedLot } from './scripted-lot.ts'

export function lotOnFakeTime(): ScriptedLot {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  return new ScriptedLot()
}
