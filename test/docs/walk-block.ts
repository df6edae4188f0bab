// The tables of docs/usability.md for three walks: to a proven power change, a survey to its report, and a lot
// to its first car. From the recorded walks beside the tests that make them, and their time model.
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

export const keptWalks = (): Walks => JSON.parse(readFileSync(file, 'utf8')) as Walks

const cells = ({ clicks, keys, modelMs }: WalkSum): string =>
  `${clicks} | ${keys} | ${secondsOf(modelMs)}`

export function walkLines(): string[] {
  const { mouse, keys } = keptWalks()
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

export function setupWalkLines(): string[] {
  const { setup } = keptWalks()
  const row = (step: WalkStep): string =>
    `${step.acts ?? 0} | ${step.keys} | ${secondsOf(step.modelMs)}`
  const { keys, modelMs } = sumOf(setup)
  const acts = setup.reduce((sum, step) => sum + (step.acts ?? 0), 0)
  return [
    '| | what the person does | acts | keys | seconds |',
    '|---|---|---|---|---|',
    ...setup.map((step, i) => `| ${i + 1} | ${step.does} | ${row(step)} |`),
    `| | all of it | ${acts} | ${keys} | ${secondsOf(modelMs)} |`,
  ]
}

export const jobLines = (): string[] => [
  '| what the person does | acts | at most |',
  '|---|---|---|',
  ...keptWalks().jobs.map(({ does, acts, limit }) => `| ${does} | ${acts} | ${limit} |`),
]

export function surveyWalkLines(): string[] {
  const { survey } = keptWalks()
  return [
    '| | what the person does | clicks | keys | seconds |',
    '|---|---|---|---|---|',
    ...survey.map((step, i) => `| ${i + 1} | ${step.does} | ${cells(step)} |`),
    `| | all of it | ${cells(sumOf(survey))} |`,
  ]
}
