// Every action and setting of the window as one table: the palette lists it, the keys run it.
// A command that does not apply now is shown but cannot be chosen.
import type { Router } from 'vue-router'
import { useBoard, whatIsHere } from '../api/board-store.ts'
import { useSeat } from '../kit/state/seat-store.ts'
import { languageNames, languages, i18n } from '../i18n/index.ts'
import { useLayers } from '../kit/state/layers-store.ts'
import { refreshPage } from '../kit/state/fresh.ts'
import { canPageAct, isPageAct, runPageAct, titleOfAct, type PageActId } from '../kit/page-acts.ts'
import { isTheirs, pageAt, pagesFor, pathOf, type PageId } from '../kit/pages.ts'
import { themes, useSettings } from '../kit/state/settings-store.ts'

const commandIds = [
  'open',
  'settle',
  'plate',
  'find',
  'refresh',
  'log',
  'palette',
  'help',
  'demo',
] as const
export type CommandId = (typeof commandIds)[number] | PageActId

export interface CommandRow {
  readonly id: string
  readonly title: string
  /** Further words that it is found by, in both languages. */
  readonly also?: string
  readonly keys: string
  readonly enabled: boolean
  /** Why it is not available now, or what a found thing is. */
  readonly note?: string
  readonly run: () => void
}

/** Commands that open a boom or take money work only on the lane page, where the lane is visible. */
const atLanes = (router: Router): boolean => router.currentRoute.value.name === 'lane'

/** F4: does nothing for a person who may not search. */
function goFind(router: Router): void {
  const find = '/devices/find'
  const seat = { ...whatIsHere(), can: useSeat().can }
  if (isTheirs(find, seat)) void router.push(find)
}

export function runCommand(id: CommandId, router: Router): void {
  const layers = useLayers()
  if (isPageAct(id)) runPageAct(id)
  else if (id === 'find') goFind(router)
  else if (id === 'open' || id === 'settle') {
    if (atLanes(router)) layers.show(id)
  } else if (id === 'plate') {
    if (!atLanes(router)) void router.push('/lane')
    layers.show(id)
  } else if (id === 'refresh') {
    void useBoard().refresh()
    refreshPage()
  } else if (id === 'demo') layers.demo = layers.isDemo && !layers.demo
  else layers[id] = !layers[id]
}

/** Commands that pages carry out themselves: greyed where the shown page does not (page-acts.ts). */
const ofPages = [
  ['test', 'Ctrl+T'],
  ['write', 'Ctrl+Enter'],
  ['compare', 'F6'],
  ['diff', 'Ctrl+D'],
  ['save', 'Ctrl+S'],
  ['load', 'Ctrl+O'],
  ['undo', 'Ctrl+Z'],
  ['redo', 'Ctrl+Y'],
  ['backup', 'Ctrl+Shift+B'],
] as const

/** What this machine remembers of the person: language, look, sounds. */
function settingRows(): CommandRow[] {
  const { t } = i18n.global
  const settings = useSettings()
  const speech = languages.map((language) => ({
    id: `language-${language}`,
    title: t('palette.language', { language: languageNames[language] }),
    keys: '',
    enabled: true,
    run: () => {
      settings.language = language
    },
  }))
  const looks = themes.map((theme) => ({
    id: `theme-${theme}`,
    title: t('palette.theme', { theme: t(`system.themeOf.${theme}`) }),
    keys: '',
    enabled: true,
    run: () => {
      settings.theme = theme
    },
  }))
  const sounds = {
    id: 'sounds',
    keys: '',
    enabled: true,
    title: t('palette.sounds', { state: t(settings.sounds ? 'palette.off' : 'palette.on') }),
    run: () => {
      settings.sounds = !settings.sounds
    },
  }
  const alarm = {
    id: 'alarm',
    keys: '',
    enabled: true,
    title: t('palette.alarm', { state: t(settings.alarm ? 'palette.off' : 'palette.on') }),
    run: () => {
      settings.alarm = !settings.alarm
    },
  }
  return [...speech, ...looks, sounds, alarm]
}

/** Every name of a page: title, short title and further names. */
const alsoOf = (page: PageId): string => {
  const { title, short, also } = pageAt(page)
  return [title, short, also]
    .flatMap((one) => (one === undefined ? [] : [one.zh, one.en]))
    .join(' ')
}

/** The page of a copied address, where this person has it. */
export function addressRow(router: Router, address: string): CommandRow[] {
  if (!address.startsWith('/')) return []
  const { name, path } = router.resolve(address)
  const seat = { ...whatIsHere(), can: useSeat().can }
  if (name === undefined || !isTheirs(path, seat)) return []
  const { t } = i18n.global
  return [
    {
      id: 'address',
      title: t('thing.open', { address: path }),
      note: t(`${String(name)}.title`),
      keys: '',
      enabled: true,
      run: () => void router.push(path),
    },
  ]
}

/** The palette's rows in this language. */
export function commandRows(router: Router): CommandRow[] {
  const { t } = i18n.global
  const layers = useLayers()
  const row = (id: CommandId, title: string, keys: string, enabled = true): CommandRow => ({
    id,
    title,
    keys,
    enabled,
    ...(enabled ? {} : { note: t(isPageAct(id) ? 'palette.notHere' : 'palette.atLanes') }),
    run: () => runCommand(id, router),
  })
  const { can, me, signOut } = useSeat()
  const theirs = pagesFor({ ...whatIsHere(), can })
  const goto = theirs
    .filter((page) => page !== 'find')
    .map((page) => ({
      id: `goto-${page}`,
      title: t('palette.goto', { screen: t(`${page}.title`) }),
      also: alsoOf(page),
      keys: '',
      enabled: true,
      run: () => void router.push(pathOf(page)),
    }))
  return [
    row('open', t('act.open'), 'F8', atLanes(router) && layers.lane !== null && layers.mayAct),
    row('settle', t('act.settle'), 'F9', atLanes(router) && layers.canSettle),
    row('plate', t('act.plate'), 'F2', layers.canCorrect),
    ...ofPages.map(([id, keys]) =>
      row(id, titleOfAct(id) ?? t(`keys.${id}`), keys, canPageAct(id)),
    ),
    ...goto,
    ...(theirs.includes('find') ? [row('find', t('find.key'), 'F4')] : []),
    ...(layers.isDemo ? [row('demo', t('palette.demo'), '')] : []),
    row('refresh', t('palette.refresh'), 'F5'),
    row('log', t('palette.log'), 'Ctrl+L'),
    row('help', t('palette.help'), 'F1'),
    ...(me === null
      ? []
      : [
          {
            id: 'shift',
            title: t('people.shiftWhy', { name: me.name }),
            keys: '',
            enabled: true,
            run: () => void signOut(),
          },
        ]),
    ...settingRows(),
  ]
}
