// Steps of a program: the engine counts how often each block of its code runs, the same number on every machine. Only code that
// is loaded behind the beginning is counted so: it is for a file of inThread, which loads what it counts when it has begun.
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openSession } from './own-session.ts'

interface Script {
  readonly url: string
  readonly functions: readonly {
    readonly functionName: string
    /** The first is the function itself, the others are blocks in it that ran as often as they say. */
    readonly ranges: readonly { readonly count: number }[]
  }[]
}

export interface Counted {
  /** Of the files below a folder of the repository, whoever calls them. */
  steps(folder: string): number
  /** How often a function of a file was called, by its name. */
  calls(file: string, name: string): number
}

const root = join(import.meta.dirname, '..', '..')
/** As Node names what it loads: packages may lie elsewhere. */
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

/** Begins: what is called then is counted while it runs, until it is done. */
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
