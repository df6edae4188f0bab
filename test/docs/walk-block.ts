// The table of docs/usability.md about the way from plugging in to a proven power change.
// From the kept walks beside the test that walks them, and the model that it counts with.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  operators,
  sumOf,
  waits,
  type WalkStep,
  type WalkSum,
  type Walks,
} from '../e2e/walk-model.ts'

const file = join(import.meta.dirname, '..', 'e2e', 'walk-budget.json')
const secondsOf = (ms: number): string => (ms / 1000).toFixed(2)

const cells = ({ clicks, keys, modelMs }: WalkSum): string =>
  `${clicks} | ${keys} | ${secondsOf(modelMs)}`

export function walkLines(): string[] {
  const { mouse, keys } = JSON.parse(readFileSync(file, 'utf8')) as Walks
  const row = (step: WalkStep, index: number): string =>
    `| ${index + 1} | ${step.does} | ${cells(step)} | ${cells(keys[index] ?? sumOf([]))} |`
  const head = 'clicks | keys | seconds'
  return [
    `| | what the person does | by mouse: ${head} | by keys alone: ${head} |`,
    '|---|---|---|---|---|---|---|---|',
    ...mouse.map(row),
    `| | all of it | ${cells(sumOf(mouse))} | ${cells(sumOf(keys))} |`,
    '',
    '| modelled | seconds | why |',
    '|---|---|---|',
    ...Object.entries({ ...operators, ...waits }).map(
      ([name, { ms, why }]) => `| ${name} | ${secondsOf(ms)} | ${why} |`,
    ),
  ]
}
