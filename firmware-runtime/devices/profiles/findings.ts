// Findings of a profile: a code of the fault table, the place and the value. Findings are collected, not thrown, so
// that a person sees all of them at once.
import { codedFault } from '#base/process/api-fault.ts'
import type { BilingualText, FaultCode, FaultRow } from '#base/pure/faults/faults.ts'
import { faults } from '#base/pure/faults/faults.ts'
import { visible } from '#base/pure/words/visible-text.ts'
import { jsonPointer } from '#base/pure/data/json.ts'

export interface Finding {
  readonly code: FaultCode
  readonly file: string
  /** JSON pointer (RFC 6901) into the file after its templates were applied. */
  readonly pointer: string
  readonly value: string
  /** Technical details; the same text in both languages for an id, a figure or a machine's message. */
  readonly note: BilingualText
}

export type Path = readonly (string | number)[]

/** Collects the findings of one file. */
export interface Findings {
  readonly file: string
  readonly list: Finding[]
  add(code: FaultCode, path: Path | string, value: unknown, note: BilingualText): void
}

const valueCharsMax = 80

const shown = (value: unknown): string => {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return visible(text.slice(0, valueCharsMax))
}

const shownBoth = ({ zh, en }: BilingualText): BilingualText => ({
  zh: visible(zh),
  en: visible(en),
})

export function findingsOf(file: string): Findings {
  const list: Finding[] = []
  return {
    file,
    list,
    add: (code, path, value, note) => {
      const pointer = typeof path === 'string' ? path : jsonPointer(path)
      list.push({
        code,
        file,
        pointer: visible(pointer),
        value: shown(value),
        note: shownBoth(note),
      })
    },
  }
}

interface FindingView extends Omit<Finding, 'note'> {
  readonly note: string
  /** The note in both languages; absent: it has no words. */
  readonly why?: BilingualText
  readonly what: BilingualText
  readonly todo: BilingualText
}

/** A finding with its words, as printed by commands. */
export function findingView(finding: Finding): FindingView {
  const { what, todo }: FaultRow = faults[finding.code]
  return { ...finding, ...codedFault(finding.code, finding.note), what, todo }
}
