// Requests of the page to the simulator that serves it: JSON of its administration interface, at the same address only.
// A refusal is shown with the member that it names.
import { computed, onMounted, onUnmounted, ref, type Ref } from 'vue'
import { isoOf } from '#base/pure/values/instant.ts'
import { dateTimeOf, timeOf as isoTime } from '../kit/words.ts'
import { t } from './words.ts'

export type Row = Readonly<Record<string, unknown>>

export const rowOf = (value: unknown): Row =>
  typeof value === 'object' && value !== null ? { ...value } : {}
export const rowsOf = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? value.map(rowOf) : []
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''
export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** The visitor's role, by the key; without keys everybody on this machine is the operator. Null until it is known. */
export type Role = 'operator' | 'finance' | 'candidate' | 'nobody'
export const role = ref<Role | null>(null)

const keyName = 'platform-sim.key'
/** Kept for this browser tab; empty: no key. */
const pageKey = ref(sessionStorage.getItem(keyName) ?? '')

export const hasKey = computed(() => pageKey.value !== '')

export function useKey(key: string): void {
  pageKey.value = key
  sessionStorage.setItem(keyName, key)
}

/** Sends a request; throws an Error with the code, message, field and value of a refusal. */
export async function send(method: string, path: string, body?: unknown): Promise<Row> {
  const headers: Record<string, string> =
    pageKey.value === '' ? {} : { authorization: `Bearer ${pageKey.value}` }
  const request =
    body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  const answer = await fetch(path, request).catch(() => null)
  if (answer === null) throw new Error(t('gone'))
  const json = rowOf(await answer.json())
  if (answer.ok) return json
  const { code, message, field, value } = rowOf(json['error'])
  throw new Error(
    [code, message, field, value]
      .map(textOf)
      .filter((one) => one !== '')
      .join(' '),
  )
}

interface Polled {
  readonly data: Ref<Row | null>
  readonly error: Ref<string>
  again(): Promise<void>
}

/** Polls when the page is shown and then every `everyMs`, one request at a time, until it is left. */
export function polled(path: () => string, everyMs = 0): Polled {
  const data = ref<Row | null>(null)
  const error = ref('')
  let timer: ReturnType<typeof setTimeout> | null = null
  let isOver = false
  const again = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    try {
      data.value = await send('GET', path())
      error.value = ''
    } catch (fault) {
      error.value = fault instanceof Error ? fault.message : String(fault)
    }
    if (!isOver && everyMs > 0) timer = setTimeout(() => void again(), everyMs)
  }
  onMounted(again)
  onUnmounted(() => {
    isOver = true
    if (timer !== null) clearTimeout(timer)
  })
  return { data, error, again }
}

/** Runs a person's act once at a time and keeps the text of its refusal. */
export function act() {
  const busy = ref(false)
  const error = ref('')
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    if (busy.value) return
    busy.value = true
    error.value = ''
    try {
      await work()
    } catch (fault) {
      error.value = fault instanceof Error ? fault.message : String(fault)
    }
    busy.value = false
  }
  return { busy, error, run }
}

/** 12.00 of 1200 fen. */
export const yuan = (fen: unknown): string => {
  const whole = numberOf(fen)
  const cents = String(Math.abs(whole) % 100).padStart(2, '0')
  return `${whole < 0 ? '-' : ''}${Math.floor(Math.abs(whole) / 100)}.${cents}`
}

/** Time of day on the clock of the lots, whatever the zone of the browser. */
export const clockOf = (ms: unknown): string => isoTime(isoOf(numberOf(ms)))
/** Date and time on the clock of the lots; a text that is no time stays as it is. */
export function timeOf(iso: unknown): string {
  const ms = Date.parse(textOf(iso))
  return Number.isNaN(ms) ? textOf(iso) : dateTimeOf(isoOf(ms))
}
