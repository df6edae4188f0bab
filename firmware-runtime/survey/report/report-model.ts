// The report of a survey as data: sections of a few kinds of blocks, with texts in one language. HTML, PDF, DOCX and XLSX
// are made from this, so that they agree.
import type { Verdict } from '../pure/file/record.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

export type ReportLanguage = 'zh' | 'en'

/** In the order of the report; a template names each of them. */
export const sectionIds = [
  'head',
  'summary',
  'open',
  'field',
  'neighbour',
  'link',
  'clocks',
  'checks',
  'photos',
  'instruments',
  'settings',
  'deviations',
  'assumed',
  'evidence',
  'signatures',
  'annex',
] as const
export type SectionId = (typeof sectionIds)[number]

export interface ReportCell {
  readonly text: string
  /** Its verdict, for the style of a cell; the text says it as well. */
  readonly verdict?: Verdict
}

export interface ReportTable {
  readonly kind: 'table'
  readonly head: readonly string[]
  /** Shares of the whole width, in per cent. */
  readonly widths: readonly number[]
  readonly rows: readonly (readonly ReportCell[])[]
}

export interface ReportDrawing {
  readonly kind: 'drawing'
  readonly svg: string
  /** Size of the smallest figure that must be readable on paper; absent: none. */
  readonly figureSize?: number
  readonly width: number
  readonly height: number
  readonly caption: string
}

export interface ReportPhoto {
  readonly mime: string
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
  readonly caption: string
}

export interface ReportSignature {
  readonly role: string
  readonly name: string
  readonly when: string
  readonly note: string
  /** Null: the name was typed, or nobody has signed yet. */
  readonly svg: string | null
  /** Failed rows covered by the signature, the reason and the responsible person; empty: none. */
  readonly despite: string
  /** Space for a seal of the car park. */
  readonly stamp: boolean
}

export type ReportBlock =
  | { readonly kind: 'text'; readonly text: string; readonly look: 'plain' | 'notice' | 'code' }
  /** An empty value is a field to fill in by hand. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'photos'; readonly photos: readonly ReportPhoto[] }
  | { readonly kind: 'signatures'; readonly signatures: readonly ReportSignature[] }
  | { readonly kind: 'letterhead'; readonly logo: ReportPhoto | null; readonly company: string }
  | ReportTable
  | ReportDrawing

export interface ReportSection {
  /** In a survey report a SectionId, which its template names. */
  readonly id: string
  readonly heading: string
  readonly blocks: readonly ReportBlock[]
}

export interface ReportDocument {
  readonly language: ReportLanguage
  readonly title: string
  readonly basis: string
  readonly printedAtMs: InstantMs
  /** At the foot of each page: `第 {page} 页 / 共 {pages} 页`. */
  readonly footer: string
  readonly sections: readonly ReportSection[]
}
