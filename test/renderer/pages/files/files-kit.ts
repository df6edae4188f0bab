// Survey files for the page that opens them, made by the test; the evidence is a fixture
// signed on the command line (test/fixtures/survey).
import initSqlJs from 'sql.js'
import { firstHash, recordHash, type StoredRecord } from '#survey/pure/file/chain.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { digests } from '#renderer/sandbox/gm.ts'
import { surveyBytes } from '#renderer/sandbox/write-survey.ts'
import evidence from '../../../fixtures/survey/signed.etcevidence?raw'
import { startMs } from '../../../firmware-runtime/survey/pure/records.ts'
import { openingOf, readAt } from '../../../firmware-runtime/survey/pure/whole-field.ts'
import { settle } from '../../kit/page.ts'

/** In Node sql.js finds its WebAssembly by itself. */
export const loadSql = () => initSqlJs()

export const openedBody = openingOf('演示', { site: '演示停车场', lane: '出口' })
export const fieldBody = (xMm: number, yMm: number, levelDbm: number): SurveyBody =>
  readAt({ xMm, yMm }, levelDbm)
export const setupBody = (powerStep: number): SurveyBody => ({
  kind: 'setup',
  profile: 'rsu/generic/ver',
  firmware: '1.0',
  settings: { powerStep },
  heightMm: 2_600,
  downDeg: 35,
  yawDeg: 40,
})

/** Records are named by `letter` and number; the first is the same in every file. */
export async function fileOf(letter: string, bodies: readonly SurveyBody[]): Promise<Uint8Array> {
  const head = { surveyId: 'one', createdAtMs: startMs }
  let hash = firstHash(head, digests.ofText)
  const records = bodies.map((body, i): StoredRecord => {
    const id = i === 0 ? 'first' : `${letter}${i}`
    const atMs = startMs + i * 1000
    const record = { seq: i + 1, id, atMs, by: '测试员', body: JSON.stringify(body) }
    hash = recordHash(hash, record, digests.ofText)
    return { ...record, hash }
  })
  return surveyBytes(await loadSql(), head, records, [])
}

const utf8 = new TextEncoder()
/** `token`: a time stamp, which the signature does not cover. */
export const evidenceBytes = (token?: string): Uint8Array =>
  utf8.encode(
    token === undefined ? evidence : evidence.replace(/\}\n$/, `,"timeStampToken":"${token}"}\n`),
  )
/** The certificate of its signer in the form of a list of trusted signers. */
export function signerPem(): Uint8Array {
  const { certificate } = JSON.parse(evidence.trimEnd().split('\n').at(-1) ?? '') as {
    certificate: string
  }
  return utf8.encode(`-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`)
}

/** The last occurrence of a text: earlier ones are remains of split pages. */
export function offsetOf(bytes: Uint8Array, text: string): number {
  const wanted = utf8.encode(text)
  for (let at = bytes.length - wanted.length; at >= 0; at--)
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at
  throw new Error(`no ${text} in the file`)
}

/** Drops a file on the page; the caller waits for the result. */
export async function dropOn(page: HTMLElement, name: string, bytes: Uint8Array): Promise<void> {
  const event = new Event('drop', { bubbles: true, cancelable: true })
  Object.assign(event, { dataTransfer: { files: [new File([bytes.slice().buffer], name)] } })
  page.dispatchEvent(event)
  await settle()
}
