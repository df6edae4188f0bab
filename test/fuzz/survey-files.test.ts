// Seeded mutations of survey files, evidence and merged surveys: evidence with changed bytes is never
// intact; a merged survey keeps every record of both with a valid chain, after any cut, duplicate or reordering.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { recordOf } from '#survey/pure/file/body-schema.ts'
import {
  brokenAt,
  firstHash,
  heldHashes,
  recordHash,
  type StoredRecord,
} from '#survey/pure/file/chain.ts'
import { openEvidence } from '#survey/pure/file/evidence.ts'
import { gridPoints, parkingGrid } from '#survey/pure/field/grid.ts'
import { mergeSurveys, type MergeSource } from '#survey/pure/file/merge.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { openEvidenceBytes, openSurveyBytes } from '#renderer/sandbox/open-survey.ts'
import { surveyBytes } from '#renderer/sandbox/write-survey.ts'
import { signatureJudge } from '#devices/desk/profile/signatures.ts'
import { strictText } from '#survey/desk/commands/evidence-acts.ts'
import { sqlOfWindow } from '../firmware-runtime/survey/pure/survey-files-kit.ts'
import { openingOf, readAt } from '../firmware-runtime/survey/pure/whole-field.ts'
import { mutant, seeded, type Draw } from './mutator.ts'
import { sayFailingSeed, seed, textMutations } from './scale.ts'

sayFailingSeed()
const digests = surveyDigests()
/** Each one costs hundreds of digests, so it gets a part of a text codec's number. */
const evidenceMutations = Math.ceil(textMutations / 8)
const fileMutations = Math.ceil(textMutations / 80)
const mergeMutations = Math.ceil(textMutations / 20)

const evidence = Uint8Array.from(
  readFileSync(new URL('../fixtures/survey/signed.etcevidence', import.meta.url)),
)
const means = {
  digests,
  textOf: strictText,
  judge: signatureJudge({ signers: undefined, revoked: undefined, dir: null }),
}

/** `whole`, or the code of the refusal and the place that it names. */
function said(open: () => unknown, n: number): string {
  try {
    open()
    return 'whole'
  } catch (error) {
    if (!(error instanceof LaneFault)) throw new Error(`mutation ${n}`, { cause: error })
    return `${error.code} ${error.detail.field ?? ''}`
  }
}

describe('evidence under mutation', () => {
  it('is whole with the bytes that were signed and with no others, and the line is named', () => {
    const draw = seeded(seed + 60)
    const seen = { whole: 0, refused: 0, lines: new Set<string>() }
    for (let n = 0; n < evidenceMutations; n++) {
      const bytes = mutant(evidence, draw)
      const found = said(() => openEvidence(bytes, 'a', means), n)
      const isSame = Buffer.compare(bytes, evidence) === 0
      if ((found === 'whole') !== isSame) throw new Error(`mutation ${n}: ${found}`)
      seen[isSame ? 'whole' : 'refused']++
      if (isSame) continue
      expect(found).toMatch(
        /^(EVIDENCE-01 line \d+|EVIDENCE-02 (signature|certificate)|SURVEY-0\d .+)$/,
      )
      seen.lines.add(found)
      // The window's separate code must give the same result.
      if (n % 16 === 0) expect(said(() => openEvidenceBytes('a', bytes, []), n)).toBe(found)
    }
    expect(Math.min(seen.whole, seen.refused)).toBeGreaterThan(evidenceMutations / 10)
    expect(seen.lines.size).toBeGreaterThan(3)
  })
})

const opened = openingOf('a')
const points = gridPoints(parkingGrid)
const fieldAt = (i: number, levelDbm: number): SurveyBody =>
  readAt(points[i % points.length] ?? { xMm: 0, yMm: 0 }, levelDbm)
type Loose = Omit<StoredRecord, 'seq' | 'hash'>

/** A file as a program writes it: a chain over any records. */
function fileOf(name: string, createdAtMs: number, loose: readonly Loose[]): MergeSource {
  const head = { surveyId: name, createdAtMs }
  let hash = firstHash(head, digests.ofText)
  const stored = loose.map(({ id, atMs, by, body }, i): StoredRecord => {
    const record = { seq: i + 1, id, atMs, by, body }
    hash = recordHash(hash, record, digests.ofText)
    return { ...record, hash }
  })
  return { ...head, file: name, stored, records: stored.map((one) => recordOf(one, name)) }
}

const walk = (by: string, from: number, count: number): readonly Loose[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${by}-${i}`,
    atMs: 1_000 + 10 * (from + i),
    by,
    body: JSON.stringify(fieldAt(from + i, -40 - i)),
  }))
const first: Loose = { id: 'first', atMs: 1, by: 'x', body: JSON.stringify(opened) }

/** Records removed, duplicated under their own id, swapped, dated back, changed: as two laptops may do it. */
function shuffled(loose: readonly Loose[], draw: Draw): readonly Loose[] {
  const out = [...loose]
  for (let left = draw(6); left > 0 && out.length > 1; left--) {
    const at = 1 + draw(out.length - 1)
    const one = out[at]
    if (one === undefined) continue
    const other = 1 + draw(out.length - 1)
    switch (draw(5)) {
      case 0:
        out.splice(at)
        break
      case 1:
        out.splice(at, 1)
        break
      case 2:
        out.splice(at, 1, ...out.splice(other, 1, one))
        break
      case 3:
        out[at] = { ...one, atMs: draw(5_000) }
        break
      default:
        out[at] = { ...one, body: JSON.stringify(fieldAt(draw(300), -30 - draw(60))) }
    }
  }
  const ids = new Set<string>()
  return out.filter(({ id }) => !ids.has(id) && ids.add(id))
}

describe('joining under mutation', () => {
  it('keeps each record of both once, in a chain that proves both, or names the record that differs', () => {
    const draw = seeded(seed + 61)
    const seen = { joined: 0, refused: 0 }
    for (let n = 0; n < mergeMutations; n++) {
      const shared = [first, ...walk('shared', 0, 1 + draw(12))]
      const a = fileOf('a', 1, shuffled([...shared, ...walk('a', 20, draw(12))], draw))
      const b = fileOf('b', 1 + draw(2), shuffled([...shared, ...walk('b', 26, draw(12))], draw))
      const texts = new Map(a.stored.map((one) => [one.id, `${one.atMs} ${one.body}`]))
      const apart = b.stored
        .filter(({ id, atMs, body }) => (texts.get(id) ?? `${atMs} ${body}`) !== `${atMs} ${body}`)
        .map(({ id }) => id)
      try {
        const merged = mergeSurveys(a, b, digests.ofText)
        if (apart.length > 0) throw new Error(`mutation ${n}: joined what differs`)
        const { records } = merged
        expect(brokenAt(merged, records, digests.ofText)).toEqual([])
        const ids = records.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { stored } of [a, b])
          for (const { id } of stored) if (!ids.includes(id)) throw new Error(`${n}: no ${id}`)
        const held = heldHashes(merged, records, digests.ofText)
        for (const { stored } of [a, b]) expect(held).toContain(stored.at(-1)?.hash)
        expect(mergeSurveys(b, a, digests.ofText).records).toEqual(records)
        seen.joined++
      } catch (error) {
        if (!(error instanceof LaneFault)) throw new Error(`mutation ${n}`, { cause: error })
        expect([error.code, error.detail.value]).toEqual(['SURVEY-31', apart.join(', ')])
        seen.refused++
      }
    }
    expect(Math.min(seen.joined, seen.refused)).toBeGreaterThan(mergeMutations / 20)
  })
})

describe('a survey file under mutation', () => {
  it('opens in the window with what was recorded, names what is lost, or is refused by code', async () => {
    const sql = await sqlOfWindow()
    const source = fileOf('a', 1, [first, ...walk('a', 0, 60)])
    const whole = surveyBytes(sql, source, source.stored, [])
    const known = new Map(source.stored.map(({ seq, body }) => [seq, body]))
    const draw = seeded(seed + 62)
    const seen = { whole: 0, damaged: 0, refused: 0 }
    for (let n = 0; n < fileMutations; n++) {
      const bytes = mutant(whole, draw)
      try {
        const { content } = openSurveyBytes(sql, 'a', bytes)
        const bad = content.lost.length + content.broken.length > 0
        seen[bad ? 'damaged' : 'whole']++
        const broken = new Set(content.broken)
        // Before the first break no record may differ from what was written.
        const firstBad = Math.min(Infinity, ...broken, ...content.lost)
        for (const { seq, body } of content.records)
          if (seq < firstBad && known.get(seq) !== body) throw new Error(`mutation ${n}: ${seq}`)
      } catch (error) {
        if (!(error instanceof LaneFault)) throw new Error(`mutation ${n}`, { cause: error })
        expect(error.code).toMatch(/^SURVEY-0[1238]$/)
        seen.refused++
      }
    }
    expect(Math.min(seen.whole, seen.damaged, seen.refused)).toBeGreaterThan(fileMutations / 100)
  })
})
