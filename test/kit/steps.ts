// Steps of the product: the engine counts how often each block of its code runs, the same number on every machine. Only code that
// is loaded behind the beginning is counted so: it is for a file of inThread, which loads what it counts when it has begun.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openSession } from './own-session.ts'

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[]
  }[]
}

const root = pathToFileURL(join(import.meta.dirname, '..', '..')).href

/** Begins. What it answers counts the steps of the files below `folder` while `act` ran, and none outside of them. */
export function countSteps(folder: string): (act: () => void) => number {
  const { ask } = openSession()
  ask('Profiler.enable')
  ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const sinceLast = (): number =>
    ask<Coverage>('Profiler.takePreciseCoverage')
      .result.filter(({ url }) => url.startsWith(`${root}/${folder}/`))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0)
  return (act) => {
    sinceLast()
    act()
    return sinceLast()
  }
}
