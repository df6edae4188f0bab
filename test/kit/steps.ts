// Steps of a program: the engine counts how often each block of code runs, equal on every machine. Counts only code
// that is loaded after the start, so it is for a file of inThread, which loads what it counts after starting.
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openSession } from './own-session.ts'

interface Script {
  readonly url: string
  readonly functions: readonly {
    readonly functionName: string
    /** The first range is the function itself; the others are blocks in it with their own counts. */
    readonly ranges: readonly { readonly count: number }[]
  }[]
}

export interface Counted {
  /** Steps in the files below a folder of the repository, from any caller. */
  steps(folder: string): number
  /** Number of calls of a named function of a file. */
  calls(file: string, name: string): number
}

const root = join(import.meta.dirname, '..', '..')
/** The URL by which Node loads a file, with links resolved. */
const urlOf = (path: string): string => pathToFileURL(realpathSync(join(root, path))).href
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

function countedIn(scripts: readonly Script[]): Counted {
  const functionsOf = (is: (url: string) => boolean): Script['functions'] =>
    scripts.filter(({ url }) => is(url)).flatMap(({ functions }) => functions)
  return {
    steps(folder) {
      const below = `${urlOf(folder)}/`
      const all = functionsOf((url) => url.startsWith(below))
      return sum(all.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    },
    calls(file, name) {
      const own = urlOf(file)
      const named = functionsOf((url) => url === own).filter((one) => one.functionName === name)
      return sum(named.map(({ ranges: [whole] }) => whole?.count ?? 0))
    },
  }
}

/** Starts the engine's counters; `of` and `until` return the counts of one act. */
export function countWork() {
  const { ask } = openSession()
  ask('Profiler.enable')
  ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const sinceLast = (): Counted =>
    countedIn(ask<{ result: readonly Script[] }>('Profiler.takePreciseCoverage').result)
  return {
    of(act: () => void): Counted {
      sinceLast()
      act()
      return sinceLast()
    },
    async until(act: () => Promise<unknown>): Promise<Counted> {
      sinceLast()
      await act()
      return sinceLast()
    },
  }
}
