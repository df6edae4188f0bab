// Processes that a wait depends on: a test's simulators, none of which may end unless the test ends it.
// Several count as one: the first that dies ends the wait.
import { spawnLauncher, type SimLauncher } from '#harness/lot/sim-process.ts'
import type { UnderTest } from '../../kit/eventually.ts'

export class Watched implements UnderTest {
  readonly launch: SimLauncher
  private readonly deaths: string[] = []
  private last = ''

  constructor(entry: string) {
    const start = spawnLauncher(entry)
    this.launch = (name, args, news) => {
      let isMeant = false
      const kill = start(name, args, {
        line: (text) => {
          this.last = `${name}: ${text}`
          news.line(text)
        },
        gone: (code) => {
          if (!isMeant) this.deaths.push(`${name}, code ${code ?? 'none'}`)
          news.gone(code)
        },
      })
      return (signal) => {
        isMeant = true
        kill(signal)
      }
    }
  }

  died(): string | null {
    return this.deaths[0] ?? null
  }

  said(): string {
    return this.last
  }
}

export const allOf = (...parts: readonly UnderTest[]): UnderTest => ({
  died: () => parts.map((part) => part.died()).find((one) => one !== null) ?? null,
  said: () => parts.map((part) => part.said()).join('\n'),
})
