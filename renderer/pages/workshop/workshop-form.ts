// The workshop's form: a person pastes or loads a capture, marks fields over bytes, and sees every
// frame decoded by them a moment later. The runtime checks it with the codec that will read the device.
import { computed, onUnmounted, ref, shallowRef, watch } from 'vue'
import type { FrameMark, FrameMarks, FramingVariant } from '#devices/calls/console.ts'
import type { ConsoleRowView, TriedFrameView, TriedView } from '#devices/calls/console-views.ts'
import type { ApiError } from '#base/calls/rows.ts'
import { ask } from '../../api/client.ts'

export const variants: readonly FramingVariant[] = ['generic-bcc', 'generic-ver', 'generic-len']
export const kinds: readonly FrameMark['kind'][] = [
  'uint',
  'hex',
  'bcdDate',
  'bcdDateTime',
  'unix32',
  'fen',
  'gbkText',
]
/** Number of bytes, for kinds with a fixed length. */
export const fixedBytes: Readonly<Partial<Record<FrameMark['kind'], number>>> = {
  bcdDate: 4,
  bcdDateTime: 7,
  unix32: 4,
  fen: 4,
}

/** Greatest length of a capture's text in one call, in characters. */
export const textMax = 48_000
const tryAfterMs = 200

/** Frames of one type and length, which share a layout. */
export interface FrameGroup {
  readonly key: string
  readonly code: string
  readonly length: number
  readonly from: 'rsu' | 'pc'
  readonly frames: readonly TriedFrameView[]
  readonly bad: number
}

function groupsOf(frames: readonly TriedFrameView[]): readonly FrameGroup[] {
  const found = new Map<string, TriedFrameView[]>()
  for (const frame of frames) {
    const key = `${frame.code} ${frame.dataHex.length / 2}`
    const list = found.get(key) ?? []
    list.push(frame)
    found.set(key, list)
  }
  return [...found].map(([key, list]) => ({
    key,
    code: key.slice(0, 2),
    length: Number(key.slice(3)),
    from: list[0]?.direction === 'out' ? 'pc' : 'rsu',
    frames: list,
    bad: list.filter(({ ok }) => !ok).length,
  }))
}

/** Console rows as lines that the workshop can read: as many of the newest as fit. */
export function linesOf(rows: readonly ConsoleRowView[]): string {
  const lines: string[] = []
  let room = textMax
  for (const { monoMs, direction, hex } of rows.toReversed()) {
    if (hex === '') continue
    const line = `${monoMs.toFixed(3)} ms ${direction === 'out' ? '>' : '<'} ${hex}`
    room -= line.length + 1
    if (room < 0) break
    lines.push(line)
  }
  return lines.reverse().join('\n')
}

export function useWorkshop() {
  const variant = ref<FramingVariant>('generic-ver')
  const text = ref('')
  const marks = ref<FrameMarks[]>([])
  const tried = shallowRef<TriedView | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const groups = computed(() => groupsOf(tried.value?.frames ?? []))
  let timer: ReturnType<typeof setTimeout> | undefined
  let requestNo = 0

  async function judge(): Promise<void> {
    const mine = ++requestNo
    if (text.value.trim() === '') {
      tried.value = null
      error.value = null
      return
    }
    const args = { variant: variant.value, text: text.value, marks: marks.value }
    const reply = await ask('profile.try', JSON.parse(JSON.stringify(args)) as typeof args)
    if (mine !== requestNo) return
    error.value = reply.ok ? null : reply.error
    if (reply.ok) tried.value = reply.data
  }
  watch(
    [variant, text, marks],
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void judge(), tryAfterMs)
    },
    { deep: true },
  )
  onUnmounted(() => clearTimeout(timer))

  const marksOf = ({ code, length }: FrameGroup): FrameMarks | undefined =>
    marks.value.find((frame) => frame.code === code && frame.length === length)

  function add(group: FrameGroup, frameName: string, field: FrameMark): void {
    const known = marksOf(group)
    const { code, length, from } = group
    const others = marks.value.filter((frame) => frame !== known)
    const name = frameName === '' ? `frame${code}` : frameName
    const fields = [...(known?.fields ?? []), field].toSorted((a, b) => a.offset - b.offset)
    marks.value = [...others, { code, length, from, name, fields }]
  }
  function remove(group: FrameGroup, field: FrameMark): void {
    const known = marksOf(group)
    if (known === undefined) return
    const fields = known.fields.filter((one) => one !== field)
    const others = marks.value.filter((frame) => frame !== known)
    marks.value = fields.length === 0 ? others : [...others, { ...known, fields }]
  }

  return { variant, text, marks, tried, error, groups, marksOf, add, remove }
}
