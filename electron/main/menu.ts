// The menu: start page, opening at sign-in, editing text, zoom and full screen, quit. All else is in the page.
// There is no reload: the page keeps its state, and F5 refreshes its data.
import { Menu, type MenuItemConstructorOptions } from 'electron'
import { texts } from './texts.ts'

interface MenuActs {
  toStartPage(): void
  /** Draws the page larger (1) or smaller (-1); null: as the size of the window says. */
  scale(step: number | null): void
  readonly atLogin: boolean
  setAtLogin(open: boolean): void
}

/** Shows in the menu what a page has set. */
export function showsAtLogin(open: boolean): void {
  const item = Menu.getApplicationMenu()?.getMenuItemById('at-login')
  if (item) item.checked = open
}

export function setMenu(development: boolean, acts: MenuActs): void {
  const view: MenuItemConstructorOptions[] = [
    { label: texts.larger, accelerator: 'CommandOrControl+Plus', click: () => acts.scale(1) },
    { label: texts.smaller, accelerator: 'CommandOrControl+-', click: () => acts.scale(-1) },
    { label: texts.asWindow, accelerator: 'CommandOrControl+0', click: () => acts.scale(null) },
    // The plus of a keyboard without a number block, pressed without Shift.
    {
      label: texts.larger,
      visible: false,
      accelerator: 'CommandOrControl+=',
      click: () => acts.scale(1),
    },
    { role: 'togglefullscreen', accelerator: 'F11' },
    ...(development ? ([{ role: 'toggleDevTools' }] as const) : []),
  ]
  const menu: MenuItemConstructorOptions[] = [
    {
      label: texts.appMenu,
      submenu: [
        { label: texts.startPage, id: 'start-page', click: () => acts.toStartPage() },
        {
          label: texts.atLogin,
          id: 'at-login',
          type: 'checkbox',
          checked: acts.atLogin,
          click: ({ checked }) => acts.setAtLogin(checked),
        },
        { type: 'separator' },
        { role: 'quit', label: texts.quit },
      ],
    },
    {
      label: texts.editMenu,
      submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    { label: texts.viewMenu, submenu: view },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
}
