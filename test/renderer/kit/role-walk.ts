// Uses one page as one person: presses everything, fills in fields, and records every call.
// This shows which call each button makes, so that no list of them has to be kept.
import type { Role } from '#base/pure/values/roles.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { pageAt, pageOf } from '#renderer/kit/pages.ts'
import { commandRows } from '#renderer/shell/commands.ts'
import { arrearsView } from '../pages/coupons/coupons-view.ts'
import { boards } from '../pages/lane/lane-views.ts'
import { openPage } from './page.ts'
import { nextTick } from 'vue'
import { ScriptedLot, seatOf } from './scripted-lot.ts'

const pressesMax = 200
const kinds = 'button, summary, [role="button"], [role="tab"], [role="menuitem"]'
/** The same on every page, so pressed only on the first one. */
const frame = '.top, .nav, footer.bar, .el-drawer, .log'

type Control = HTMLElement & { readonly disabled?: boolean }
const textOf = (element: Element | null | undefined): string =>
  (element?.textContent ?? '').trim().replaceAll(/\d/g, '0').slice(0, 40)
/** A control's name, else its text; in a dialog together with the text above that dialog. */
function nameOf(control: Control): string {
  const own = control.dataset['test'] ?? `${control.tagName} ${textOf(control)}`
  const dialog = control.closest('.el-dialog, dialog')
  const form = dialog ?? control.closest('form')
  if (form === null) return own
  return `${textOf(form.querySelector('h1, h2, h3, header, legend'))} > ${own}`
}
/** Controls of the top layer first, and those that close it last. */
const rankOf = (control: Control): number =>
  (control.closest('.el-dialog, dialog, form') === null ? 0 : 2) +
  (control.classList.contains('primary') ? 1 : 0)

/** Waits for answers and renders; elements in a closing transition are pressed too. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    await Promise.resolve()
    await nextTick()
  }
  await new Promise((done) => setImmediate(done))
  await nextTick()
}

/** Fills in empty fields, so that a form can be sent. */
function fillIn(): boolean {
  let isAnything = false
  for (const field of document.querySelectorAll<HTMLInputElement>('input, textarea')) {
    if (field.disabled || field.readOnly) continue
    if (field.type === 'radio' || field.type === 'checkbox') {
      const group = document.querySelectorAll<HTMLInputElement>(`[name="${field.name}"]`)
      if (field.type === 'checkbox' || [...group].some(({ checked }) => checked)) continue
      field.checked = true
      field.dispatchEvent(new Event('change'))
      isAnything = true
    } else if (field.value === '' && field.type !== 'file') {
      field.value = field.dataset['date'] === undefined ? '1' : '2026-01-05'
      isAnything = true
      for (const kind of ['input', 'change'])
        field.dispatchEvent(new Event(kind, { bubbles: true }))
    }
  }
  return isAnything
}

/** Refuses reads that the script has no answer for, so that no page gets an answer of another shape. */
class WalkedLot extends ScriptedLot {
  override async call(name: string, args: unknown): Promise<ApiReply<unknown>> {
    const reply = await super.call(name, args)
    const isPlain = reply.ok && JSON.stringify(reply.data) === '{"ok":true,"repeated":false}'
    // A search by whatever plate the walk typed finds what the list has.
    if (name === 'arrears.find') return { ok: true, data: arrearsView }
    return isPlain ? unanswered : reply
  }
}
const error = { code: 'ARG-01', message: 'no words', means: '', todo: '', field: '', value: '' }
const unanswered = { ok: false, error } as const

export interface Walked {
  /** Calls made by the page itself. */
  readonly loads: ReadonlySet<string>
  /** Calls by the pressed control. */
  readonly rows: ReadonlyMap<string, ReadonlySet<string>>
}

export async function walkPage(path: string, role: Role): Promise<Walked> {
  const lot = new WalkedLot()
  // A page that the lot does not have would lead to the home page of the role.
  const page = pageOf(path)
  const isOwn = page !== undefined && pageAt(page).needs === 'ownLot'
  const mode = isOwn ? 'production' : 'demo'
  const has = { mode, reservation: 'up', spaces: 3, partners: 1 } as const
  lot.board = { ...boards.error, status: { ...boards.error.status, ...has } }
  lot.rows = lot.rows.slice(0, 3)
  lot.seat = seatOf(role)
  Object.assign(window, { pick: { path: () => Promise.resolve(null) } })
  const app = await openPage(lot, path)
  const router = app.config.globalProperties.$router
  const take = (): Set<string> => new Set(lot.calls.splice(0).map(({ name }) => name))
  await settle()
  const there = router.currentRoute.value.path
  if (there !== path) throw new Error(`${role} was led from ${path} to ${there}`)
  const loads = take()
  const rows = new Map<string, Set<string>>()
  /** Searches of the page; true: to be pressed once more, because a control left the page, which forgot what was found. */
  const searches = new Map<string, boolean>()
  const press = async (name: string, act: () => void): Promise<void> => {
    act()
    await settle()
    rows.set(name, new Set([...(rows.get(name) ?? []), ...take()]))
    if (router.currentRoute.value.path === path) return
    await router.push(path)
    await settle()
    take()
    for (const search of searches.keys()) searches.set(search, true)
  }
  const isDone = (name: string): boolean => rows.has(name) && searches.get(name) !== true
  const next = (): Control | undefined =>
    [...document.querySelectorAll<Control>(kinds)]
      .filter(
        (control) =>
          (path === '/lane' || control.closest(frame) === null) &&
          control.disabled !== true &&
          !isDone(nameOf(control)),
      )
      .sort((a, b) => rankOf(b) - rankOf(a))
      .at(0)
  for (let presses = 0; presses < pressesMax; presses++) {
    if (fillIn()) await settle()
    const control = next()
    if (control === undefined) break
    const name = nameOf(control)
    if (control.closest('form') !== null && control.closest('.el-dialog, dialog') === null)
      searches.set(name, false)
    await press(name, () => {
      control.click()
    })
  }
  const everywhere = path === '/lane' ? 'shift' : 'shift|log|help|demo'
  const elsewhere = new RegExp(`^(goto-|language-|theme-|sounds|alarm|find$|(${everywhere})$)`)
  for (const { id, enabled, run } of commandRows(router))
    if (enabled && !elsewhere.test(id)) await press(`command ${id}`, run)
  app.unmount()
  return { loads, rows }
}
